package dev.sonde.testkit.bedrock;

import com.linecorp.armeria.common.HttpData;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Messages of {@code application/vnd.amazon.eventstream}: two lengths and their checksum, headers, payload, and the
 * checksum of all before it.
 */
final class EventStream {
    private static final int PRELUDE_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final byte TEXT_HEADER = 7;

    private EventStream() {}

    /** An event with this JSON text. */
    static HttpData event(String type, String json) {
        return message(":event-type", type, "event", json);
    }

    /** An exception within a stream, which is the last message of it. */
    static HttpData exception(String type, String json) {
        return message(":exception-type", type, "exception", json);
    }

    private static HttpData message(String typeHeader, String type, String messageType, String json) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(typeHeader, type);
        headers.put(":content-type", "application/json");
        headers.put(":message-type", messageType);
        byte[] head = headers(headers);
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        int length = PRELUDE_BYTES + CHECKSUM_BYTES + head.length + payload.length + CHECKSUM_BYTES;
        byte[] bytes = new byte[length];
        ByteBuffer message = ByteBuffer.wrap(bytes).putInt(length).putInt(head.length);
        message.putInt(checksum(bytes, message.position()));
        message.put(head).put(payload);
        message.putInt(checksum(bytes, message.position()));
        return HttpData.wrap(bytes);
    }

    private static byte[] headers(Map<String, String> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            bytes.write(name.length());
            bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            bytes.write(TEXT_HEADER);
            bytes.write(text.length >> Byte.SIZE);
            bytes.write(text.length);
            bytes.writeBytes(text);
        });
        return bytes.toByteArray();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
