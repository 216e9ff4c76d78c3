package dev.sonde.server.ingest;

/** A request that cannot be read at all; nothing of it was stored. The message is for the client. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String message) {
        super(message, null, false, false);
    }
}
