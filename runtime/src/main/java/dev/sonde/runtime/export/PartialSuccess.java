package dev.sonde.runtime.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a request that it took in part: {@code ExportTraceServiceResponse.partial_success} of
 * opentelemetry-proto, field 1 with {@code rejected_spans} = 1 and {@code error_message} = 2.
 */
record PartialSuccess(long rejected, String message) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final PartialSuccess WHOLE = new PartialSuccess(0, "");

    /** Reads a response; one that is not protobuf or cannot be read says nothing. */
    static PartialSuccess of(byte[] body, @Nullable String contentType) {
        if (body.length == 0 || contentType == null || !contentType.startsWith("application/x-protobuf")) {
            return WHOLE;
        }
        try {
            Reader response = new Reader(body, 0, body.length);
            while (response.hasMore()) {
                long tag = response.varint();
                if (tag == (1 << 3 | 2)) {
                    int length = (int) response.varint();
                    return partial(new Reader(body, response.at, response.at + length));
                }
                response.skip(tag);
            }
        } catch (IndexOutOfBoundsException e) {
            return WHOLE;
        }
        return WHOLE;
    }

    /** Reads the answer of the batch interface: an object with an array {@code errors} of objects with a message. */
    static PartialSuccess ofBatch(byte[] body) {
        int errors = 0;
        String message = "";
        try (JsonParser json = JSON.createParser(body)) {
            boolean inErrors = false;
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.getParsingContext().getParent().inRoot()) {
                    inErrors = json.currentName().equals("errors");
                } else if (inErrors && json.currentToken() == JsonToken.START_OBJECT) {
                    errors++;
                    String first = messageOf(json);
                    message = message.isEmpty() ? first : message;
                }
            }
        } catch (IOException e) {
            return WHOLE;
        }
        return new PartialSuccess(errors, message);
    }

    private static String messageOf(JsonParser json) throws IOException {
        String message = "";
        while (json.nextToken() != JsonToken.END_OBJECT && json.currentToken() != null) {
            boolean wanted = "message".equals(json.currentName());
            if (json.nextToken().isStructStart()) {
                json.skipChildren();
            } else if (wanted) {
                message = json.getText();
            }
        }
        return message.substring(0, Math.min(300, message.length()));
    }

    private static PartialSuccess partial(Reader partial) {
        long rejected = 0;
        String message = "";
        while (partial.hasMore()) {
            long tag = partial.varint();
            if (tag == 1 << 3) {
                rejected = Math.max(0, partial.varint());
            } else if (tag == (2 << 3 | 2)) {
                int length = (int) partial.varint();
                message = new String(partial.bytes, partial.at, Math.min(length, 300), StandardCharsets.UTF_8);
                partial.at += length;
            } else {
                partial.skip(tag);
            }
        }
        return new PartialSuccess(rejected, message);
    }

    /** Reads protobuf's wire form. */
    private static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int at;

        Reader(byte[] bytes, int at, int end) {
            if (end > bytes.length || end < at) {
                throw new IndexOutOfBoundsException("a length leads out of the response");
            }
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        boolean hasMore() {
            return at < end;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte b = bytes[at++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IndexOutOfBoundsException("a number is too long");
        }

        void skip(long tag) {
            switch ((int) tag & 7) {
                case 0 -> varint();
                case 1 -> at += 8;
                case 2 -> {
                    long length = varint();
                    if (length < 0 || length > end - at) {
                        throw new IndexOutOfBoundsException("a length leads out of the response");
                    }
                    at += (int) length;
                }
                case 5 -> at += 4;
                default -> throw new IndexOutOfBoundsException("an unknown wire type");
            }
        }
    }
}
