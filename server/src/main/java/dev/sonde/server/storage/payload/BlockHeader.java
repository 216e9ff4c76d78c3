package dev.sonde.server.storage.payload;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The 64 bytes before a block. Behind it stand a token filter (empty where there is none) and the compressed body.
 *
 * @param rawLength bytes of the body before compression
 * @param bodyLength bytes of the body as stored
 * @param filterLength bytes of the token filter
 * @param records how many records the body holds
 * @param minTime least record time, microseconds since 1970
 * @param maxTime greatest record time
 * @param crc CRC-32C of filter and body
 */
record BlockHeader(int rawLength, int bodyLength, int filterLength, int records, long minTime, long maxTime, int crc) {

    static final int SIZE = 64;
    static final int MAGIC = 0x534E4442;

    private static final byte VERSION = 1;
    private static final byte ZSTD = 1;
    private static final int CRC_AT = SIZE - Integer.BYTES;

    /** Bytes from the header's first to the body's last. */
    long blockLength() {
        return (long) SIZE + filterLength + bodyLength;
    }

    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        out.putInt(MAGIC).put(VERSION).put(ZSTD).putShort((short) 0);
        out.putInt(rawLength).putInt(bodyLength).putInt(filterLength).putInt(records);
        out.putLong(minTime).putLong(maxTime).putInt(crc);
        out.putInt(CRC_AT, crcOf(out.array(), 0, CRC_AT));
        return out.position(0).limit(SIZE);
    }

    /** The header in these bytes, or null when they are not one. */
    static @Nullable BlockHeader decode(byte[] bytes, int at) {
        if (bytes.length - at < SIZE) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, at, SIZE);
        if (in.getInt() != MAGIC || in.getInt(at + CRC_AT) != crcOf(bytes, at, CRC_AT)) {
            return null;
        }
        byte version = in.get();
        byte codec = in.get();
        if (version != VERSION || codec != ZSTD) {
            return null;
        }
        in.getShort();
        return new BlockHeader(
                in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getLong(), in.getLong(), in.getInt());
    }

    static int crcOf(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
