package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gRPC service answers to calls that no exporter of good manners makes. */
class OtlpGrpcIT {

    private static final String SERVICE = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final int MIB = 1 << 20;
    private static final int INVALID_ARGUMENT = 3;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int UNAUTHENTICATED = 16;

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static ClientFactory factory;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        factory = ClientFactory.builder().build();
    }

    @AfterAll
    static void stop() {
        factory.close();
        server.close();
    }

    /** A message and how the call ended. */
    private record Ended(int status, String message, byte[] answer) {}

    @Test
    void aGoodCall_isAnsweredWithNothing() {
        String id = OtlpRequests.traceId();

        Ended ended = call(headers(), framed(0, OtlpRequests.protobuf(id)));

        assertThat(ended).extracting(Ended::status, Ended::message).containsExactly(0, "");
        assertThat(ended.answer()).isEmpty();
        assertThat(server.get("/api/public/traces/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void aSpanWithoutIds_isRefusedAlone() throws InvalidProtocolBufferException {
        String id = OtlpRequests.traceId();
        ExportTraceServiceRequest.Builder request =
                ExportTraceServiceRequest.parseFrom(OtlpRequests.protobuf(id)).toBuilder();
        ScopeSpans.Builder spans = request.getResourceSpansBuilder(0).getScopeSpansBuilder(0);
        spans.addSpans(spans.getSpans(0).toBuilder().clearSpanId().setName("nobody"));
        spans.addSpans(spans.getSpans(0).toBuilder()
                .setTraceId(com.google.protobuf.ByteString.copyFrom(new byte[16]))
                .setName("nothing"));

        Ended ended = call(headers(), framed(0, request.build().toByteArray()));

        assertThat(ended.status()).isZero();
        ExportTraceServiceResponse answer = ExportTraceServiceResponse.parseFrom(ended.answer());
        assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("no span id", "nobody");
        assertThat(new Answer(server.get("/api/public/traces/" + id)).json().path("observations"))
                .hasSize(2);
    }

    @Test
    void withoutAKey_isUnauthenticated() {
        assertThat(call(headers().removeAndThen("authorization"), framed(0, new byte[0])))
                .extracting(Ended::status, Ended::message)
                .containsExactly(UNAUTHENTICATED, "No authorization header");
        assertThat(call(headers().set("authorization", "Basic ???"), framed(0, new byte[0]))
                        .status())
                .isEqualTo(UNAUTHENTICATED);
        assertThat(call(headers().set("authorization", "Bearer " + ServerProcess.PUBLIC_KEY), framed(0, new byte[0]))
                        .status())
                .isEqualTo(PERMISSION_DENIED);
    }

    @Test
    void tooLarge_isRefused() {
        byte[] large = new byte[40 * MIB];
        byte[] packed = OtlpRequests.gzip(large);
        byte[] declared = ByteBuffer.allocate(5).put((byte) 0).putInt(-1).array();

        Ended plain = call(headers(), framed(0, large));
        Ended bomb = call(headers().set("grpc-encoding", "gzip"), framed(1, packed));

        assertThat(plain.status()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(bomb.status()).isEqualTo(RESOURCE_EXHAUSTED);
        assertThat(bomb.message()).contains("smaller batches");
        assertThat(call(headers(), declared).status()).isEqualTo(RESOURCE_EXHAUSTED);
    }

    @Test
    void whatIsNoMessage_isInvalid() {
        byte[] good = framed(0, OtlpRequests.protobuf(OtlpRequests.traceId()));
        byte[] twice = Arrays.copyOf(good, good.length * 2);
        System.arraycopy(good, 0, twice, good.length, good.length);

        assertThat(call(headers(), new byte[0]).status()).isEqualTo(INVALID_ARGUMENT);
        assertThat(call(headers(), new byte[] {0, 0}).status()).isEqualTo(INVALID_ARGUMENT);
        assertThat(call(headers(), Arrays.copyOf(good, good.length - 1)).status())
                .isEqualTo(INVALID_ARGUMENT);
        assertThat(call(headers(), twice).status()).isEqualTo(INVALID_ARGUMENT);
        assertThat(call(headers(), framed(7, new byte[1])).status()).isEqualTo(INVALID_ARGUMENT);
        assertThat(call(headers(), framed(0, new byte[] {1, 2, 3})))
                .extracting(Ended::status, Ended::message)
                .containsExactly(INVALID_ARGUMENT, "Failed to parse OTel Protobuf Trace");
        assertThat(call(headers().set("grpc-encoding", "gzip"), framed(1, new byte[] {1, 2, 3}))
                        .status())
                .isEqualTo(INVALID_ARGUMENT);
    }

    @Test
    void anUnknownCompression_isNamedAndSoAreTheKnown() {
        AggregatedHttpResponse response =
                send(SERVICE, headers().set("grpc-encoding", "snappy"), framed(1, new byte[] {1, 2, 3}));

        assertThat(ended(response).status()).isEqualTo(UNIMPLEMENTED);
        assertThat(ended(response).message()).contains("snappy", "gzip");
        assertThat(response.headers().get("grpc-accept-encoding")).isEqualTo("identity,gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.v1.MetricsService", "logs.v1.LogsService"})
    void metricsAndLogs_areTakenAndNotKept(String service) {
        String path = "/opentelemetry.proto.collector." + service + "/Export";

        assertThat(ended(send(path, headers(), framed(0, new byte[0]))).status())
                .isZero();
        assertThat(ended(send(path, headers().removeAndThen("authorization"), framed(0, new byte[0])))
                        .status())
                .isEqualTo(UNAUTHENTICATED);
    }

    @Test
    void whatIsNoGrpc_isToldSo() {
        assertThat(send(SERVICE, headers().set("content-type", "application/json"), new byte[] {'{', '}'})
                        .status()
                        .code())
                .isEqualTo(415);
        assertThat(server.get(SERVICE).statusCode()).isEqualTo(405);
    }

    private static RequestHeadersBuilder headers() {
        return RequestHeaders.builder(HttpMethod.POST, SERVICE)
                .set("content-type", "application/grpc")
                .set("te", "trailers")
                .set("authorization", ServerProcess.basic(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY));
    }

    private static byte[] framed(int flag, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) flag)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static Ended call(RequestHeadersBuilder headers, byte[] body) {
        return ended(send(SERVICE, headers, body));
    }

    private static AggregatedHttpResponse send(String path, RequestHeadersBuilder headers, byte[] body) {
        return WebClient.builder("h2c://127.0.0.1:" + server.port())
                .factory(factory)
                .responseTimeoutMillis(30_000)
                .writeTimeoutMillis(30_000)
                .build()
                .execute(HttpRequest.of(headers.path(path).build(), HttpData.wrap(body)))
                .aggregate()
                .join();
    }

    private static Ended ended(AggregatedHttpResponse response) {
        assertThat(response.status().code()).isEqualTo(200);
        assertThat(response.headers().get("content-type")).isEqualTo("application/grpc");
        var last = response.headers().contains("grpc-status") ? response.headers() : response.trailers();
        byte[] body = response.content().array();
        byte[] answer = body.length == 0 ? body : Arrays.copyOfRange(body, 5, body.length);
        return new Ended(
                last.getInt("grpc-status", -1),
                URLDecoder.decode(last.get("grpc-message", ""), StandardCharsets.UTF_8),
                answer);
    }
}
