package dev.sonde;

import org.jspecify.annotations.Nullable;

/** Ends with {@link #close()}, on the thread that opened it. */
public final class Scope implements AutoCloseable {

    static final Scope NONE = new Scope(null);

    private final @Nullable Object before;

    Scope(@Nullable Object before) {
        this.before = before;
    }

    @Override
    public void close() {
        if (this != NONE) {
            Channel.call("restore", before);
        }
    }
}
