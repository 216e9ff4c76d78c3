package dev.sonde.agent.instrumentation.plainhttp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a streamed body into the JSON texts it carries, each as soon as it is whole, wherever the body is cut into chunks.
 * Parts that are too large are left out. By one thread at a time.
 */
abstract class Frames {
    /** Of one part, in bytes. */
    private static final int LIMIT = 1 << 20;

    private final Consumer<String> parts;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream(512);
    private boolean tooLarge;

    private Frames(Consumer<String> parts) {
        this.parts = parts;
    }

    /** The data of server-sent events. */
    static Frames ofEvents(Consumer<String> parts) {
        return new Events(parts);
    }

    /** Objects that follow each other, on lines or in an array. */
    static Frames ofObjects(Consumer<String> parts) {
        return new Objects(parts);
    }

    /** The next bytes. */
    abstract void add(byte[] data, int offset, int length);

    /** There are no more. */
    abstract void ended();

    final void keep(byte[] data, int from, int to) {
        if (part.size() + to - from > LIMIT) {
            tooLarge = true;
        } else {
            part.write(data, from, to - from);
        }
    }

    /** Hands out what was kept. */
    final void cut() {
        String text = tooLarge ? "" : part.toString(StandardCharsets.UTF_8).strip();
        part.reset();
        tooLarge = false;
        if (JsonEnds.isWhole(text)) {
            parts.accept(text);
        }
    }

    /** By lines: those that begin with {@code data:} up to an empty one are one part, which are never several in practice. */
    private static final class Events extends Frames {
        private static final byte[] FIELD = "data:".getBytes(StandardCharsets.US_ASCII);

        private int column;
        private boolean isData = true;
        private byte lineEnd;

        Events(Consumer<String> parts) {
            super(parts);
        }

        @Override
        void add(byte[] data, int offset, int length) {
            int end = offset + length;
            int i = offset;
            while (i < end) {
                byte b = data[i];
                if (b == '\n' || b == '\r') {
                    newLine(b);
                    i++;
                } else if (column < FIELD.length) {
                    lineEnd = 0;
                    isData &= b == FIELD[column];
                    column++;
                    i++;
                } else {
                    int lineEnd = lineEnd(data, i, end);
                    if (isData) {
                        keep(data, i, lineEnd);
                    }
                    i = lineEnd;
                }
            }
        }

        @Override
        void ended() {
            cut();
        }

        private void newLine(byte b) {
            boolean second = b == '\n' && lineEnd == '\r' && column == 0; // of one line's end
            if (column == 0 && !second) {
                cut();
            }
            lineEnd = second ? 0 : b;
            column = 0;
            isData = true;
        }

        private static int lineEnd(byte[] data, int from, int to) {
            int i = from;
            while (i < to && data[i] != '\n' && data[i] != '\r') {
                i++;
            }
            return i;
        }
    }

    /** By braces, those within strings left alone. */
    private static final class Objects extends Frames {
        private int depth;
        private boolean inString;
        private boolean escaped;

        Objects(Consumer<String> parts) {
            super(parts);
        }

        @Override
        void add(byte[] data, int offset, int length) {
            int end = offset + length;
            int begin = offset;
            for (int i = offset; i < end; i++) {
                byte b = data[i];
                if (inString) {
                    inString = escaped || b != '"';
                    escaped = !escaped && b == '\\';
                } else if (b == '"') {
                    inString = depth > 0;
                } else if (b == '{') {
                    begin = depth++ == 0 ? i : begin;
                } else if (b == '}' && depth > 0 && --depth == 0) {
                    keep(data, begin, i + 1);
                    cut();
                }
            }
            if (depth > 0) {
                keep(data, begin, end);
            }
        }

        /** An object that is open is no part. */
        @Override
        void ended() {}
    }
}
