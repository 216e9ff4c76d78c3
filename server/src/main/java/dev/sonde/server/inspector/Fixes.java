package dev.sonde.server.inspector;

import java.util.List;

/** What helps against a refusal, found by its status and words of its reason. */
final class Fixes {

    /** @param status 0 for any */
    private record Fix(int status, String word, String text) {}

    /** The first that fits counts. */
    private static final List<Fix> ALL = List.of(
            new Fix(
                    401,
                    "No authorization",
                    "Send the header Authorization: Basic, with publicKey:secretKey in base64."),
            new Fix(
                    401,
                    "Authentication error",
                    "A public key alone may only create scores: send the secret key, too."),
            new Fix(
                    401,
                    "",
                    "Compare host, public key and secret key with the project's settings: a key of another"
                            + " project or server opens nothing here."),
            new Fix(403, "", "A public key alone may only create scores: send Authorization: Basic with both keys."),
            new Fix(404, "", "Create the score config first, or leave configId out."),
            new Fix(413, "", "Send smaller batches, and large files through /api/public/media."),
            new Fix(415, "", "Send OTLP as application/grpc, application/x-protobuf or application/json."),
            new Fix(503, "", "Nothing: clients send it again. If it stays, the server's disk is too slow or full."),
            new Fix(0, "content type", "Set the exporter's protocol to http/protobuf or http/json."),
            new Fix(
                    0,
                    "ingestion-version",
                    "Leave the header x-langfuse-ingestion-version out, or update this server."),
            new Fix(
                    0,
                    "Failed to parse",
                    "Send traces, not logs or metrics, to this address; and let no proxy change the body."),
            new Fix(
                    0,
                    "is no array",
                    "Write it as a list; in OTLP's JSON attributes are a list of key and value, no object."),
            new Fix(0, "no trace id", "Send the span's own context: 16 bytes of trace id, 8 of span id, not all zero."),
            new Fix(
                    0,
                    "could not be parsed",
                    "Write times as ISO-8601 with an offset, such as 2026-01-31T12:00:00.000Z."));

    private Fixes() {}

    static String of(int status, String reason) {
        return ALL.stream()
                .filter(fix -> fix.status == 0 || fix.status == status)
                .filter(fix -> reason.contains(fix.word))
                .map(Fix::text)
                .findFirst()
                .orElse("Correct what the reason names and send it again; sending twice changes nothing.");
    }
}
