package dev.sonde.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import javax.management.Attribute;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of observations when the server answers in every way it may. */
class ExporterTest {

    private final ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Body> bodies = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(200, -1);
    private Tracer tracer;

    /** What came. */
    private record Body(String path, byte[] bytes) {
        int count() {
            try {
                return path.endsWith("traces")
                        ? ExportTraceServiceRequest.parseFrom(bytes)
                                .getResourceSpans(0)
                                .getScopeSpans(0)
                                .getSpansCount()
                        : new ObjectMapper().readTree(bytes).path("batch").size();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** How the server answers. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
        tracer = tracer(Map.of());
    }

    @AfterEach
    void stop() {
        tracer.exporter().shutdown(Duration.ofMillis(10));
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        arrivals.add(System.nanoTime());
        boolean compressed = exchange.getRequestHeaders().containsKey("Content-Encoding");
        byte[] sent = exchange.getRequestBody().readAllBytes();
        byte[] body = compressed ? new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes() : sent;
        bodies.add(new Body(exchange.getRequestURI().getPath(), body));
        try (exchange) {
            answer.to(exchange);
        }
    }

    private Tracer tracer(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of(
                "host", "http://127.0.0.1:" + server.getAddress().getPort(),
                "public-key", "pk",
                "secret-key", "sk",
                "flush-interval-millis", "10"));
        options.putAll(more);
        return SondeRuntime.tracer(RuntimeConfig.read(options));
    }

    private void make(int count) {
        for (int i = 0; i < count; i++) {
            tracer.start("SPAN", "made " + i).input("input " + i).end();
        }
    }

    private boolean flush() {
        return tracer.exporter().flush(Duration.ofSeconds(20));
    }

    private void assertAddsUp() {
        Exporter exporter = tracer.exporter();
        Counters counters = exporter.counters();
        assertThat(counters.sent()
                        + counters.failed()
                        + counters.dropped()
                        + counters.filtered()
                        + counters.spooled()
                        + exporter.queued())
                .isEqualTo(exporter.made());
    }

    @Test
    void trickle_isSentInAFewRequests() throws InterruptedException {
        tracer = tracer(Map.of("flush-interval-millis", "60000"));
        for (int i = 0; i < 50; i++) {
            make(1);
            Thread.sleep(2);
        }

        assertThat(flush()).isTrue();
        assertThat(bodies.stream().mapToInt(Body::count).sum()).isEqualTo(50);
        assertThat(bodies).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void unauthorized_failsAtOnceAndOnce() {
        answer = exchange -> exchange.sendResponseHeaders(401, -1);
        make(10);

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().failed()).isEqualTo(10);
        assertAddsUp();
        int requests = arrivals.size();
        assertThat(requests).isLessThanOrEqualTo(10);
    }

    @Test
    void tooMany_waitsAsLongAsTheServerSays() {
        AtomicInteger asked = new AtomicInteger();
        answer = exchange -> {
            if (asked.getAndIncrement() == 0) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
            } else {
                exchange.sendResponseHeaders(200, -1);
            }
        };
        make(1);

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().sent()).isEqualTo(1);
        long first = arrivals.poll();
        assertThat(arrivals.poll() - first).isGreaterThanOrEqualTo(950_000_000L);
    }

    @Test
    void retryAfter_isSecondsOrDate() {
        String inTen = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(10).atZone(ZoneOffset.UTC));

        assertThat(Delivery.retryAfterMillis("3")).isEqualTo(3_000);
        assertThat(Delivery.retryAfterMillis(inTen)).isBetween(5_000L, 10_000L);
        assertThat(Delivery.retryAfterMillis("soon")).isZero();
        assertThat(Delivery.retryAfterMillis("-5")).isZero();
        assertThat(Delivery.retryAfterMillis("9223372036854775807")).isEqualTo(3_600_000);
        assertThat(Delivery.retryAfterMillis("999999999")).isEqualTo(3_600_000);
        assertThat(Delivery.retryAfterMillis(null)).isZero();
    }

    @Test
    void tooLarge_splitsDownToOne() {
        answer = exchange -> exchange.sendResponseHeaders(413, -1);
        make(8);

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().failed()).isEqualTo(8);
        assertThat(arrivals.size()).isBetween(8, 15 + 8);
        assertAddsUp();
    }

    @Test
    void partialSuccess_countsWhatWasRejected() {
        byte[] body = {0x0A, 0x08, 0x08, 0x02, 0x12, 0x04, 'a', ' ', 'b', '!'};
        answer = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
        tracer = tracer(Map.of("flush-at", "4", "flush-interval-millis", "200"));
        make(4);

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().failed())
                .isGreaterThanOrEqualTo(2)
                .isEven();
        assertAddsUp();
        assertThat(PartialSuccess.of(body, "application/x-protobuf")).isEqualTo(new PartialSuccess(2, "a b!"));
        for (int length = 0; length < body.length; length++) {
            assertThat(PartialSuccess.of(java.util.Arrays.copyOf(body, length), "application/x-protobuf")
                            .rejected())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void slowServer_flushSaysNoInTime() {
        CountDownLatch held = new CountDownLatch(1);
        answer = exchange -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
        };
        make(1);

        long before = System.nanoTime();
        assertThat(tracer.exporter().flush(Duration.ofMillis(100))).isFalse();
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        held.countDown();
        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().sent()).isEqualTo(1);
    }

    @Test
    void serverAway_isRetriedUntilTheWindowIsOver() {
        answer = exchange -> exchange.sendResponseHeaders(503, -1);
        tracer = tracer(Map.of("retry-window-millis", "300"));
        make(3);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> tracer.exporter().counters().failed() == 3);
        assertThat(arrivals.size()).isGreaterThan(1);
        assertAddsUp();
    }

    @Test
    void fullQueue_dropsTheNewestAndCounts() {
        answer = exchange -> exchange.sendResponseHeaders(503, -1);
        tracer = tracer(Map.of("queue-capacity", "16"));
        make(1_000);

        assertThat(tracer.exporter().counters().dropped()).isGreaterThan(500);
        assertThat(tracer.exporter().made()).isEqualTo(1_000);
        answer = exchange -> exchange.sendResponseHeaders(200, -1);
        assertThat(flush()).isTrue();
        assertAddsUp();
    }

    @Test
    void muchText_isBoundedByItsLength() {
        answer = exchange -> exchange.sendResponseHeaders(503, -1);
        tracer = tracer(Map.of("queue-max-bytes", "65536"));
        String text = "x".repeat(10_000);
        for (int i = 0; i < 100; i++) {
            tracer.start("SPAN", "large").metadata("text", text).end();
        }

        assertThat(tracer.exporter().counters().dropped()).isGreaterThan(50);
        answer = exchange -> exchange.sendResponseHeaders(200, -1);
        assertThat(flush()).isTrue();
        assertAddsUp();
    }

    @Test
    void shutdown_sendsWhatIsLeft() {
        tracer = tracer(Map.of("flush-interval-millis", "60000"));
        make(5);
        tracer.exporter().shutdown(Duration.ofSeconds(20));

        assertThat(tracer.exporter().counters().sent()).isEqualTo(5);
    }

    @Test
    void tooLargeOnDisk_isSplitToo(@TempDir Path folder) {
        answer = exchange -> exchange.sendResponseHeaders(503, -1);
        tracer = tracer(Map.of("spool-directory", folder.toString(), "flush-at", "64", "flush-interval-millis", "300"));
        make(8);
        tracer.exporter().offerEvent("{\"id\":\"1\",\"body\":{\"a\":[1,{}]}}");
        tracer.exporter().offerEvent("{\"id\":\"2\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> tracer.exporter().counters().spooled() == 10);
        assertAddsUp();
        answer = exchange -> {
            // one observation or score at a time
            exchange.sendResponseHeaders(bodies.poll().count() > 1 ? 413 : 200, -1);
        };
        bodies.clear();

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().sent()).isEqualTo(10);
        assertThat(tracer.exporter().counters().failed()).isZero();
        assertAddsUp();
    }

    @Test
    void rejectedScores_areCountedAsFailed() {
        byte[] body = "{\"successes\":[{\"id\":\"1\"}],\"errors\":[{\"id\":\"2\",\"message\":\"bad value\"}]}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        answer = exchange -> {
            exchange.sendResponseHeaders(207, body.length);
            exchange.getResponseBody().write(body);
        };
        tracer.exporter().offerEvent("{\"id\":\"2\"}");

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().failed()).isEqualTo(1);
        assertThat(PartialSuccess.ofBatch(body)).isEqualTo(new PartialSuccess(1, "bad value"));
        assertThat(PartialSuccess.ofBatch("nonsense".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .rejected())
                .isZero();
    }

    @Test
    void longRetryAfter_holdsBackUntilTheWindowIsOver() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            exchange.sendResponseHeaders(429, -1);
        };
        tracer = tracer(Map.of("retry-window-millis", "400", "flush-interval-millis", "10"));
        make(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> tracer.exporter().counters().failed() == 1);
        assertThat(arrivals.size()).isLessThanOrEqualTo(2);
        make(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> tracer.exporter().counters().failed() == 2);
        assertThat(arrivals.size()).isLessThanOrEqualTo(4);
    }

    @Test
    void media_areUploadedAndReferredTo() throws IOException {
        byte[] picture = new byte[3_000];
        new java.util.Random(7).nextBytes(picture);
        picture[0] = (byte) 0x89;
        picture[1] = 'P';
        picture[2] = 'N';
        picture[3] = 'G';
        ConcurrentLinkedQueue<String> media = new ConcurrentLinkedQueue<>();
        answer = exchange -> {
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (call.startsWith("POST /api/public/media")) {
                media.add(call);
                byte[] told = ("{\"mediaId\":\"x\",\"uploadUrl\":\"http://127.0.0.1:"
                                + server.getAddress().getPort() + "/bucket/x?signed=1\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(201, told.length);
                exchange.getResponseBody().write(told);
                return;
            }
            if (call.contains("/bucket/") || call.contains("/media/")) {
                media.add(call + " " + exchange.getRequestHeaders().containsKey("Authorization"));
            }
            exchange.sendResponseHeaders(200, -1);
        };
        tracer.start("SPAN", "sees")
                .input(Map.of("image", picture, "text", "a picture"))
                .output("no data:image/png;base64,??? here")
                .end();

        assertThat(flush()).isTrue();
        assertThat(media).hasSize(3);
        assertThat(media.poll()).isEqualTo("POST /api/public/media");
        assertThat(media.poll()).isEqualTo("PUT /bucket/x?signed=1 false");
        assertThat(media.poll()).startsWith("PATCH /api/public/media/").endsWith(" true");
        assertThat(bodies.stream().filter(body -> body.path().contains("/bucket/")))
                .singleElement()
                .satisfies(body -> assertThat(body.bytes()).isEqualTo(picture));
        Body traces = bodies.stream()
                .filter(body -> body.path().endsWith("traces"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(traces.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("@@@langfuseMedia:type=image/png|id=")
                .contains("no data:image/png;base64,??? here")
                .doesNotContain(java.util.Base64.getEncoder().encodeToString(picture));
    }

    @Test
    void mediaThatTheServerDoesNotTake_stayInTheText() {
        answer = exchange ->
                exchange.sendResponseHeaders(exchange.getRequestURI().getPath().contains("media") ? 404 : 200, -1);
        String uri = "data:image/png;base64," + "QUJD".repeat(200);
        tracer.start("SPAN", "sees").input(uri).end();
        assertThat(flush()).isTrue();
        tracer.start("SPAN", "sees again").input(uri).end();
        assertThat(flush()).isTrue();

        assertThat(bodies.stream().filter(body -> body.path().contains("media")))
                .hasSize(1);
        assertThat(bodies.stream()
                        .filter(body -> body.path().endsWith("traces"))
                        .map(body -> new String(body.bytes(), java.nio.charset.StandardCharsets.UTF_8)))
                .hasSize(2)
                .allMatch(text -> text.contains(uri));
    }

    @Test
    void hangingMask_losesTheTextsAndNothingElse() {
        CountDownLatch never = new CountDownLatch(1);
        UnaryOperator<String> mask = text -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return text;
        };
        tracer.processing().addMask(mask);
        make(3);

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().sent()).isEqualTo(3);
        assertAddsUp();
        String sent = bodies.stream()
                .map(body -> new String(body.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .reduce("", String::concat);
        assertThat(sent).contains("made 0", "made 2").doesNotContain("input 0", "input 2");
        never.countDown();
    }

    @Test
    void processors_changeAndDrop() {
        UnaryOperator<Map<String, Object>> processor = fields -> {
            fields.put("langfuse.observation.metadata.seen", "yes");
            return fields.get("name").equals("made 1") ? null : fields;
        };
        tracer.processing().addProcessor(processor);
        make(3);

        assertThat(flush()).isTrue();
        assertThat(tracer.exporter().counters().sent()).isEqualTo(2);
        assertThat(tracer.exporter().counters().filtered()).isEqualTo(1);
        assertAddsUp();
    }

    @Test
    void counters_andSwitch_areShownThroughJmx() throws Exception {
        var beans = ManagementFactory.getPlatformMBeanServer();
        make(2);
        assertThat(flush()).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        !beans.queryNames(new ObjectName("dev.sonde:*"), null).isEmpty());
        ObjectName name =
                beans.queryNames(new ObjectName("dev.sonde:*"), null).iterator().next();

        assertThat(beans.getAttribute(name, "Enabled")).isEqualTo(true);
        assertThat((long) beans.getAttribute(name, "Made")).isNotNegative();
        beans.setAttribute(name, new Attribute("Enabled", false));
        assertThat(dev.sonde.boot.Hooks.enabled).isFalse();
        beans.setAttribute(name, new Attribute("Enabled", true));
        assertThat(beans.getMBeanInfo(name).getAttributes()).hasSize(9);
    }
}
