package dev.sonde.agent.instrumentation.plainhttp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** The beginning of a body, of which the rest only goes by. By one thread at a time. */
final class Captured {
    private final int limit;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private boolean cut;

    Captured(int limit) {
        this.limit = limit;
    }

    void add(byte[] data, int offset, int length) {
        int fits = Math.min(length, limit - bytes.size());
        bytes.write(data, offset, fits);
        cut |= fits < length;
    }

    /** Forgets what came: it is sent once more. */
    void reset() {
        bytes.reset();
        cut = false;
    }

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    /** Whether some of it only went by. */
    boolean isCut() {
        return cut;
    }

    /** Everything as text; JSON that was cut is closed where it was. Gives the memory back. */
    String take() {
        String text = bytes.toString(StandardCharsets.UTF_8).strip();
        forget();
        return cut ? JsonEnds.closed(text) : text;
    }

    /** The same of bytes that are compressed; what cannot be read is left out. */
    String takeGzip() {
        byte[] start = bytes.toByteArray();
        if (start.length < 2 || start[0] != 0x1f || start[1] != (byte) 0x8b) {
            return take(); // the client has unpacked it, but has left the header
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(start))) {
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0 && plain.size() < limit; read = in.read(buffer)) {
                plain.write(buffer, 0, read);
            }
            cut |= plain.size() >= limit;
        } catch (IOException e) {
            cut = true; // cut off here or on its way; what came before it is of use
        }
        forget();
        String text = plain.toString(StandardCharsets.UTF_8).strip();
        return cut ? JsonEnds.closed(text) : text;
    }

    private void forget() {
        bytes = new ByteArrayOutputStream(0);
    }
}
