package dev.sonde.server.http.grpc;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The one message of a call: a flag that says whether it is compressed, its length in four bytes, and its bytes. */
public final class GrpcMessage {

    /** Bytes before the message itself. */
    public static final int PREFIX = 5;

    private GrpcMessage() {}

    /**
     * The message in a request's body.
     *
     * @param encoding value of {@code grpc-encoding}; empty when there is none
     * @param mostBytes the most a message may have, decompressed
     * @throws GrpcException when there is not exactly one message that can be read
     */
    public static byte[] read(byte[] body, String encoding, int mostBytes) {
        if (body.length < PREFIX) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "The call has no message");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(body).getInt(1));
        if (length > mostBytes) {
            throw tooLarge(mostBytes);
        }
        if (length != body.length - PREFIX) {
            throw new GrpcException(
                    GrpcStatus.INVALID_ARGUMENT,
                    "Expected one message of " + length + " bytes, got " + (body.length - PREFIX) + " bytes");
        }
        return switch (body[0]) {
            case 0 -> Arrays.copyOfRange(body, PREFIX, body.length);
            case 1 -> decompressed(body, encoding.toLowerCase(Locale.ROOT), mostBytes);
            default -> throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "The message's first byte is no flag");
        };
    }

    private static byte[] decompressed(byte[] body, String encoding, int mostBytes) {
        if (!encoding.equals("gzip")) {
            throw new GrpcException(
                    GrpcStatus.UNIMPLEMENTED, "grpc-encoding: " + encoding + " (expected: gzip or identity)");
        }
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(body, PREFIX, body.length - PREFIX), 1 << 13)) {
            byte[] message = gzip.readNBytes(mostBytes + 1);
            if (message.length > mostBytes) {
                throw tooLarge(mostBytes);
            }
            return message;
        } catch (IOException e) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "The message is no valid gzip");
        }
    }

    private static GrpcException tooLarge(int mostBytes) {
        return new GrpcException(
                GrpcStatus.RESOURCE_EXHAUSTED,
                "The message has more than " + mostBytes + " bytes; send smaller batches");
    }

    /** The answer to a call that went well. */
    public static HttpResponse answer(byte[] message) {
        byte[] framed = ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(GrpcStatus.TYPE)
                        .build(),
                HttpData.wrap(framed),
                GrpcStatus.OK.trailers(""));
    }
}
