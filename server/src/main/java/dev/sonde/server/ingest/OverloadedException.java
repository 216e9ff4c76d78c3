package dev.sonde.server.ingest;

/** More is waiting to be stored than the server wants to hold; nothing of this request was taken. */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverloadedException() {
        super("the ingest queue is full", null, false, false);
    }
}
