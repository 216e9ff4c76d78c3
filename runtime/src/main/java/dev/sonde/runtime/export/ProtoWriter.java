package dev.sonde.runtime.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protocol buffers into one growing array. A nested message's length takes a fixed four bytes, filled in later. */
final class ProtoWriter {

    /** Bytes of a padded length: enough for 2^28 - 1. */
    private static final int LENGTH_BYTES = 4;

    private byte[] bytes = new byte[1 << 16];
    private int size;

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
        if (bytes.length > 1 << 23) {
            bytes = new byte[1 << 16];
        }
    }

    /** Forgets what was written behind {@code mark}. */
    void truncate(int mark) {
        size = mark;
    }

    /** Begins a nested message; answers the mark for {@link #end}. */
    int begin(int field) {
        varint(((long) field << 3) | 2);
        ensure(LENGTH_BYTES);
        size += LENGTH_BYTES;
        return size;
    }

    /** Ends the nested message begun at {@code mark}. */
    void end(int mark) {
        int length = size - mark;
        bytes[mark - 4] = (byte) ((length & 0x7f) | 0x80);
        bytes[mark - 3] = (byte) (((length >>> 7) & 0x7f) | 0x80);
        bytes[mark - 2] = (byte) (((length >>> 14) & 0x7f) | 0x80);
        bytes[mark - 1] = (byte) ((length >>> 21) & 0x7f);
    }

    void string(int field, String value) {
        int length = value.length();
        varint(((long) field << 3) | 2);
        if (length <= 4_096 && isAscii(value)) {
            varint(length);
            ensure(length);
            for (int i = 0; i < length; i++) {
                bytes[size + i] = (byte) value.charAt(i);
            }
            size += length;
        } else {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            varint(encoded.length);
            ensure(encoded.length);
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size += encoded.length;
        }
    }

    /** Eight bytes, big-endian, behind each other: an id. */
    void id(int field, long... parts) {
        varint(((long) field << 3) | 2);
        varint(parts.length * 8L);
        ensure(parts.length * 8);
        for (long part : parts) {
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (part >>> shift);
            }
        }
    }

    void fixed64(int field, long value) {
        varint(((long) field << 3) | 1);
        ensure(8);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void integer(int field, long value) {
        varint((long) field << 3);
        varint(value);
    }

    private void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
