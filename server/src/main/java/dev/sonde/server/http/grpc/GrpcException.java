package dev.sonde.server.http.grpc;

/** A call that cannot be answered, with the status and the words the client is told. */
public final class GrpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GrpcStatus status;

    public GrpcException(GrpcStatus status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** How the call ended. */
    public GrpcStatus status() {
        return status;
    }
}
