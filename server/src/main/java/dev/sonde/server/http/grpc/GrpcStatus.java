package dev.sonde.server.http.grpc;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How a gRPC call ended. The wire carries the number; clients repeat a call that was {@link #UNAVAILABLE}. */
public enum GrpcStatus {
    OK(0),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    NOT_FOUND(5),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    UNAUTHENTICATED(16);

    static final MediaType TYPE = MediaType.create("application", "grpc");

    private static final int LONGEST_MESSAGE = 1_000;

    private final int code;

    GrpcStatus(int code) {
        this.code = code;
    }

    /** Whether a request's headers say that its caller expects gRPC's answers. */
    public static boolean isExpectedBy(HttpHeaders headers) {
        MediaType type = headers.contentType();
        return type != null
                && type.type().equals("application")
                && (type.subtype().equals("grpc") || type.subtype().equals("grpc+proto"));
    }

    /** What a status of HTTP is called here. */
    public static GrpcStatus of(HttpStatus status) {
        return switch (status.code()) {
            case 200 -> OK;
            case 400, 415, 422 -> INVALID_ARGUMENT;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> NOT_FOUND;
            case 405, 501 -> UNIMPLEMENTED;
            case 413 -> RESOURCE_EXHAUSTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            case 500 -> INTERNAL;
            default -> UNKNOWN;
        };
    }

    /** The whole answer to a call that failed: headers and nothing else. */
    public ResponseHeaders alone(String message) {
        return ResponseHeaders.builder(HttpStatus.OK)
                .contentType(TYPE)
                .add(trailers(message))
                .build();
    }

    /** What ends an answer. */
    HttpHeaders trailers(String message) {
        var trailers = HttpHeaders.builder().add("grpc-status", Integer.toString(code));
        if (!message.isEmpty()) {
            trailers.add("grpc-message", escaped(message));
        }
        if (this == UNIMPLEMENTED) {
            trailers.add("grpc-accept-encoding", "identity,gzip");
        }
        return trailers.build();
    }

    /** Printable ASCII stays, the rest of its UTF-8 is written as per cent and two digits. */
    private static String escaped(String message) {
        String shown = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
        StringBuilder text = new StringBuilder(shown.length());
        for (byte b : shown.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 127 && b != '%') {
                text.append((char) b);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
