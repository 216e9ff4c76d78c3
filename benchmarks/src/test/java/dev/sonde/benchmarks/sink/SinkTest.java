package dev.sonde.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SinkTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void spans_countsThoseOfOtlp_compressedOrNot() throws Exception {
        byte[] span = field(2, "some bytes".getBytes(StandardCharsets.UTF_8));
        byte[] scopeSpans = field(2, join(field(1, new byte[] {8, 1}), span, span));
        byte[] request = join(field(1, join(field(1, new byte[0]), scopeSpans, scopeSpans)), field(1, scopeSpans));
        try (Sink sink = Sink.start()) {
            post(sink, "/v1/traces", request, false);
            assertThat(sink.spans()).isEqualTo(6);

            post(sink, "/api/public/otel/v1/traces", request, true);
            assertThat(sink.spans()).isEqualTo(12);
        }
    }

    @Test
    void spans_countsThoseOfDatadog() throws Exception {
        byte[] span = {
            (byte) 0x84, // a map of four
            (byte) 0xa4,
            'n',
            'a',
            'm',
            'e',
            (byte) 0xd9,
            2,
            'h',
            'i',
            (byte) 0xa2,
            'i',
            'd',
            (byte) 0xcf,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            (byte) 0xa1,
            'm',
            (byte) 0x81,
            (byte) 0xa1,
            'k',
            (byte) 0xcb,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            (byte) 0xa1,
            'l',
            (byte) 0x92,
            (byte) 0xc0,
            (byte) 0xff
        };
        byte[] traces = join(
                new byte[] {(byte) 0xdd, 0, 0, 0, 2},
                new byte[] {(byte) 0x92},
                span,
                span,
                new byte[] {(byte) 0xdc, 0, 1},
                span);
        try (Sink sink = Sink.start()) {
            String answer = post(sink, "/v0.4/traces", traces, false);

            assertThat(sink.spans()).isEqualTo(3);
            assertThat(answer).isEqualTo("{\"rate_by_service\":{}}");
        }
    }

    @Test
    void spans_countsThoseOfZipkin() throws Exception {
        String spans = "[{\"traceId\":\"a\",\"parentId\":\"b\"},{\"traceId\":\"a\"}]";
        try (Sink sink = Sink.start()) {
            post(sink, "/api/v2/spans", spans.getBytes(StandardCharsets.UTF_8), false);

            assertThat(sink.spans()).isEqualTo(2);
        }
    }

    @Test
    void requests_countsEach_alsoThoseWithoutSpans() throws Exception {
        try (Sink sink = Sink.start()) {
            String answer = post(sink, "/v1/chat/completions", "{}".getBytes(StandardCharsets.UTF_8), false);

            assertThat(sink.requests()).isEqualTo(1);
            assertThat(sink.spans()).isZero();
            assertThat(answer).contains("\"object\":\"chat.completion\"");
        }
    }

    private String post(Sink sink, String path, byte[] body, boolean gzip) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sink.port() + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip ? compressed(body) : body));
        if (gzip) {
            request.header("Content-Encoding", "gzip");
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        return compressed.toByteArray();
    }

    /** A protobuf field of bytes, shorter than 128. */
    private static byte[] field(int number, byte[] bytes) {
        return ByteBuffer.allocate(bytes.length + 2)
                .put((byte) (number << 3 | 2))
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
