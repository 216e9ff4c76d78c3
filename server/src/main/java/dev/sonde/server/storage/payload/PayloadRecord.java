package dev.sonde.server.storage.payload;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One state of one entity as it stands in the log: enough to rebuild its columns.
 *
 * @param time start time or timestamp, microseconds since 1970
 * @param row the entity without its payload, as JSON in UTF-8
 * @param payload the text; {@link Payload#NONE} where there is none or where it stands elsewhere
 * @param sameAs the record of an earlier state with the same payload; null when it stands here
 */
@SuppressWarnings("ArrayRecordComponent") // Records on their way to and from the file: never compared, never changed.
public record PayloadRecord(
        Kind kind,
        EntityKey key,
        long time,
        byte[] row,
        Payload payload,
        @Nullable PayloadRef sameAs) {

    /** A record that says that what stands under the key before it was deleted. */
    public static PayloadRecord deleted(Kind kind, EntityKey key, long time) {
        return new PayloadRecord(kind, key, time, new byte[0], Payload.NONE, null);
    }

    /** Whether it says that what stands under the key before it was deleted: no state has an empty row. */
    public boolean isDeleted() {
        return row.length == 0;
    }

    /** What the record is a state of. The code is what stands in the file. */
    public enum Kind {
        TRACE(1),
        OBSERVATION(2),
        SCORE(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        /** What stands in files; never changes. */
        public byte code() {
            return code;
        }

        static Kind ofCode(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("record kind " + code);
        }
    }
}
