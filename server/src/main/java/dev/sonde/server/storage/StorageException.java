package dev.sonde.server.storage;

/** The store could not do what was asked. The message says which operation failed, never what was stored. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageException(String operation, Throwable cause) {
        super(operation + ": " + cause.getMessage(), cause);
    }

    public StorageException(String message) {
        super(message);
    }
}
