package dev.sonde.testkit.collector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.Server;
import dev.sonde.testkit.LocalServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A local back-end that takes traces ({@code POST /api/public/otel/v1/traces}, protobuf or JSON, gzip or plain) and
 * scores ({@code POST /api/public/ingestion}) and hands them out. What is handed out is taken; {@link
 * #assertNothingLeft()} fails when something arrived that nobody took. May be called from any thread.
 */
public final class OtlpCollector implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String TRACES = "/api/public/otel/v1/traces";
    private static final String INGESTION = "/api/public/ingestion";

    /**
     * A request that was answered.
     *
     * @param authorization the header, null when missing
     */
    public record Request(
            String path, @Nullable String authorization, String contentType, boolean gzip, int bytes, int status) {}

    private record Refusal(int status, @Nullable Duration retryAfter) {}

    private final Server server;
    private final Object lock = new Object();
    // All guarded by lock.
    private final List<CollectedObservation> observations = new ArrayList<>();
    private final List<CollectedObservation> seen = new ArrayList<>();
    private boolean remembering;
    private final List<CollectedScore> scores = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private final Deque<Refusal> refusals = new ArrayDeque<>();

    private OtlpCollector(int port) {
        server = LocalServer.builder(port)
                .service(
                        TRACES,
                        (ctx, request) -> HttpResponse.of(request.aggregate().thenApply(this::answer)))
                .service(
                        INGESTION,
                        (ctx, request) -> HttpResponse.of(request.aggregate().thenApply(this::answer)))
                .build();
    }

    /** Starts on a free port; ready when this returns. */
    public static OtlpCollector start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static OtlpCollector start(int port) {
        OtlpCollector collector = new OtlpCollector(port);
        collector
                .server
                .start()
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return collector;
    }

    public int port() {
        return server.activeLocalPort();
    }

    /** What an exporter takes as host. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Refuses the next requests with this status, one each. */
    public void refuseNext(int count, int status) {
        refuseNext(count, status, null);
    }

    /** Refuses the next requests, and says how long to wait unless that is null. */
    public void refuseNext(int count, int status, @Nullable Duration retryAfter) {
        synchronized (lock) {
            for (int i = 0; i < count; i++) {
                refusals.add(new Refusal(status, retryAfter));
            }
        }
    }

    /**
     * Takes exactly this many observations, oldest start first; fails when they do not arrive in time or when more than
     * these have arrived.
     */
    public List<CollectedObservation> take(int count) {
        await(() -> observations.size() >= count, count + " observations");
        synchronized (lock) {
            if (observations.size() > count) {
                throw new AssertionError("expected " + count + " observations, got " + names());
            }
            List<CollectedObservation> taken = inOrder(observations);
            observations.clear();
            return taken;
        }
    }

    /** Takes the one observation that fits, waiting for it; fails when several fit. */
    public CollectedObservation takeOne(Predicate<CollectedObservation> fits) {
        await(() -> observations.stream().anyMatch(fits), "a fitting observation");
        synchronized (lock) {
            List<CollectedObservation> found =
                    observations.stream().filter(fits).toList();
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " observations fit among " + names());
            }
            observations.remove(found.get(0));
            return found.get(0);
        }
    }

    /** Takes the one observation of this name. */
    public CollectedObservation takeNamed(String name) {
        return takeOne(observation -> observation.name().equals(name));
    }

    /** Takes exactly this many scores in the order of their arrival. */
    public List<CollectedScore> takeScores(int count) {
        await(() -> scores.size() >= count, count + " scores");
        synchronized (lock) {
            if (scores.size() > count) {
                throw new AssertionError("expected " + count + " scores, got " + scores);
            }
            List<CollectedScore> taken = List.copyOf(scores);
            scores.clear();
            return taken;
        }
    }

    /** The scores that came and were not taken, in order of arrival. */
    public List<CollectedScore> scores() {
        synchronized (lock) {
            return List.copyOf(scores);
        }
    }

    /** What has arrived and was not taken, oldest start first; takes nothing. */
    public List<CollectedObservation> observations() {
        synchronized (lock) {
            return inOrder(observations);
        }
    }

    /** Keeps what arrives from now on for {@link #seen}, taken or not. */
    public OtlpCollector remembering() {
        synchronized (lock) {
            remembering = true;
            return this;
        }
    }

    /** What has arrived since the last {@link #reset} while {@link #remembering}, in the order of arrival. */
    public List<CollectedObservation> seen() {
        synchronized (lock) {
            return List.copyOf(seen);
        }
    }

    /** Every request answered so far, refused ones included. */
    public List<Request> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /** Fails when an observation or a score was not taken, or a request could not be decoded. */
    public void assertNothingLeft() {
        synchronized (lock) {
            if (!observations.isEmpty() || !scores.isEmpty() || !malformed.isEmpty()) {
                throw new AssertionError(
                        "not taken: " + names() + ", scores " + scores + "; malformed requests: " + malformed);
            }
        }
    }

    /** Forgets everything that arrived and every refusal asked for. */
    public void reset() {
        synchronized (lock) {
            observations.clear();
            seen.clear();
            scores.clear();
            requests.clear();
            malformed.clear();
            refusals.clear();
        }
    }

    @Override
    public void close() {
        server.stop().join();
    }

    private HttpResponse answer(AggregatedHttpRequest request) {
        synchronized (lock) {
            Refusal refusal = refusals.poll();
            HttpResponse response;
            int status;
            if (refusal != null) {
                status = refusal.status();
                response = refused(refusal);
            } else {
                try {
                    response = request.path().startsWith(TRACES) ? traces(request) : ingestion(request);
                    status = 200;
                } catch (IOException | IllegalArgumentException e) {
                    malformed.add(request.path() + ": " + e);
                    status = 400;
                    response = HttpResponse.of(HttpStatus.BAD_REQUEST);
                }
            }
            requests.add(new Request(
                    request.path(),
                    request.headers().get(HttpHeaderNames.AUTHORIZATION),
                    request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                    gzip(request),
                    request.content().length(),
                    status));
            lock.notifyAll();
            return response;
        }
    }

    private static HttpResponse refused(Refusal refusal) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(refusal.status());
        if (refusal.retryAfter() != null) {
            headers.set(
                    HttpHeaderNames.RETRY_AFTER,
                    Long.toString(refusal.retryAfter().toSeconds()));
        }
        return HttpResponse.of(headers.build());
    }

    private HttpResponse traces(AggregatedHttpRequest request) throws IOException {
        MediaType contentType = request.contentType();
        if (contentType != null && contentType.isJson()) {
            arrived(OtlpDecoding.json(JSON.readTree(body(request))));
            return HttpResponse.of(HttpStatus.OK, MediaType.JSON, "{}");
        }
        arrived(OtlpDecoding.protobuf(body(request)));
        return HttpResponse.of(HttpStatus.OK, MediaType.parse("application/x-protobuf"), HttpData.empty());
    }

    private void arrived(List<CollectedObservation> more) {
        observations.addAll(more);
        if (remembering) {
            seen.addAll(more);
        }
    }

    private HttpResponse ingestion(AggregatedHttpRequest request) throws IOException {
        ObjectNode response = JSON.createObjectNode();
        ArrayNode successes = response.putArray("successes");
        response.putArray("errors");
        for (JsonNode event : JSON.readTree(body(request)).path("batch")) {
            if (!event.path("type").asText().equals("score-create")) {
                throw new IllegalArgumentException("unexpected event: " + event.path("type"));
            }
            scores.add(CollectedScore.of(event.path("body")));
            successes.addObject().put("id", event.path("id").asText()).put("status", 201);
        }
        return HttpResponse.of(HttpStatus.MULTI_STATUS, MediaType.JSON, text(response));
    }

    private static byte[] body(AggregatedHttpRequest request) throws IOException {
        byte[] content = request.content().array();
        if (!gzip(request)) {
            return content;
        }
        try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return unzipped.readAllBytes();
        }
    }

    private static boolean gzip(AggregatedHttpRequest request) {
        return request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "").equals("gzip");
    }

    private void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMillis <= 0) {
                    throw new AssertionError("no " + what + " within " + DEADLINE + "; have " + names() + ", scores "
                            + scores + ", requests " + requests + ", malformed " + malformed);
                }
                try {
                    lock.wait(leftMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted while waiting for " + what, e);
                }
            }
        }
    }

    private List<String> names() {
        return observations.stream()
                .map(observation -> observation.type() + " " + observation.name())
                .toList();
    }

    private static List<CollectedObservation> inOrder(List<CollectedObservation> observations) {
        return observations.stream()
                .sorted(Comparator.comparing(CollectedObservation::start))
                .toList();
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
