package dev.sonde.agent.instrumentation.plainhttp;

import java.io.IOException;
import java.io.OutputStream;

/** Where bytes are written that are seen on their way. By one thread at a time, as the stream itself. */
final class SentBody extends OutputStream {
    private final OutputStream target;
    private final Seen seen;

    SentBody(OutputStream target, Seen seen) {
        this.target = target;
        this.seen = seen;
    }

    /** What sees them. */
    @FunctionalInterface
    interface Seen {
        void bytes(byte[] data, int offset, int length);
    }

    @Override
    public void write(int single) throws IOException {
        seen.bytes(new byte[] {(byte) single}, 0, 1);
        target.write(single);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        seen.bytes(data, offset, length);
        target.write(data, offset, length);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
