package dev.sonde.testkit.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Takes an event stream apart and holds it to its own lengths and checksums. */
record Messages(Map<String, String> headers, JsonNode payload) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Messages> read(byte[] body) throws IOException {
        return read(body, true);
    }

    /** The same for bodies that somebody has edited, of which the checksums know nothing. */
    static List<Messages> unchecked(byte[] body) throws IOException {
        return read(body, false);
    }

    /** A body that is JSON as a whole is one message without headers. */
    private static List<Messages> read(byte[] stream, boolean checked) throws IOException {
        if (stream[0] == '{') {
            return List.of(new Messages(Map.of(), JSON.readTree(stream)));
        }
        List<Messages> messages = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(stream);
        while (rest.hasRemaining()) {
            int start = rest.position();
            int length = rest.getInt();
            int headersLength = rest.getInt();
            int preludeChecksum = rest.getInt();
            byte[] head = new byte[headersLength];
            rest.get(head);
            byte[] payload = new byte[length - headersLength - 16];
            rest.get(payload);
            int checksum = rest.getInt();
            if (checked) {
                assertThat(preludeChecksum).isEqualTo(checksum(stream, start, 8));
                assertThat(checksum).isEqualTo(checksum(stream, start, length - 4));
            }
            messages.add(new Messages(headers(ByteBuffer.wrap(head)), JSON.readTree(payload)));
        }
        return messages;
    }

    /** The event's name, or the exception's. */
    String type() {
        return headers.getOrDefault(":event-type", headers.get(":exception-type"));
    }

    /** The JSON in a chunk of an invoked model's stream, else the payload. */
    JsonNode content() throws IOException {
        return payload.has("bytes") ? JSON.readTree(payload.get("bytes").binaryValue()) : payload;
    }

    private static Map<String, String> headers(ByteBuffer bytes) {
        Map<String, String> headers = new HashMap<>();
        while (bytes.hasRemaining()) {
            String name = text(bytes, bytes.get());
            assertThat(bytes.get()).isEqualTo((byte) 7);
            headers.put(name, text(bytes, bytes.getShort()));
        }
        return headers;
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes, int start, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, start, length);
        return (int) checksum.getValue();
    }
}
