package dev.sonde.server.cli;

/** A command cannot go on; the message says why, to whoever typed it. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CliException(String message) {
        super(message);
    }
}
