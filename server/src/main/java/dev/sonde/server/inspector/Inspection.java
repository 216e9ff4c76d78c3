package dev.sonde.server.inspector;

import java.time.Instant;
import java.util.List;

/**
 * One request of a client and what became of it. Nothing of its body is kept.
 *
 * @param id as in the header {@code x-request-id}
 * @param publicKey empty where none was sent
 * @param client name and version as the client says them; empty where it does not
 * @param bytes of the body as it came
 * @param status as HTTP says it; in gRPC 200 may stand beside a rejection
 * @param rejected how many events were refused; more than {@code rejections} where those are too many to keep
 */
public record Inspection(
        String id,
        Instant at,
        String route,
        String publicKey,
        String client,
        long bytes,
        long micros,
        int status,
        int accepted,
        int rejected,
        List<Rejection> rejections) {

    /** The most refusals that are kept of one request. */
    public static final int MOST_REJECTIONS = 20;

    private static final int FIXED_WEIGHT = 200;

    public Inspection {
        rejections = List.copyOf(rejections.subList(0, Math.min(rejections.size(), MOST_REJECTIONS)));
    }

    /** About how many characters this takes. */
    int weight() {
        return FIXED_WEIGHT
                + publicKey.length()
                + client.length()
                + rejections.stream().mapToInt(Rejection::weight).sum();
    }
}
