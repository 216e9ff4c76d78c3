package dev.sonde.server.storage.payload;

/**
 * Where one record lies in the payload log.
 *
 * @param segment number of the segment file, from 1, below 2^19
 * @param offset byte at which the record's block begins, below 2^32
 * @param position index of the record in its block, below 2^12
 */
public record PayloadRef(int segment, long offset, int position) {

    static final int MAX_RECORDS_IN_BLOCK = 1 << 12;
    static final long MAX_OFFSET = 1L << 32;
    static final int MAX_SEGMENT = 1 << 19;

    public PayloadRef {
        if (segment < 1
                || segment >= MAX_SEGMENT
                || offset < 0
                || offset >= MAX_OFFSET
                || position < 0
                || position >= MAX_RECORDS_IN_BLOCK) {
            throw new IllegalArgumentException("payload reference " + segment + "/" + offset + "/" + position);
        }
    }

    /** The reference as one positive number, as columns keep it; later records have greater numbers. */
    public long packed() {
        return ((long) segment << 44) | (offset << 12) | position;
    }

    /** The opposite of {@link #packed()}. */
    public static PayloadRef unpack(long packed) {
        return new PayloadRef((int) (packed >>> 44), (packed >>> 12) & (MAX_OFFSET - 1), (int) (packed & 0xFFF));
    }
}
