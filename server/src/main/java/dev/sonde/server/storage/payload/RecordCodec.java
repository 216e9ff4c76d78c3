package dev.sonde.server.storage.payload;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as they stand in a block's uncompressed body: each a length of four bytes, then kind, flags, time, project,
 * id, row, and either the reference of the payload or the payload itself.
 */
final class RecordCodec {

    private static final int SAME_AS = 1;

    private RecordCodec() {}

    static void write(PayloadRecord payloadRecord, Bytes to) {
        int start = to.size();
        to.putInt(0);
        PayloadRef sameAs = payloadRecord.sameAs();
        to.putByte(payloadRecord.kind().code());
        to.putByte(sameAs == null ? 0 : SAME_AS);
        to.putLong(payloadRecord.time());
        to.putText(payloadRecord.key().projectId());
        to.putText(payloadRecord.key().id());
        to.putBytes(payloadRecord.row());
        if (sameAs != null) {
            to.putLong(sameAs.packed());
        } else {
            writePayload(payloadRecord.payload(), to);
        }
        to.setInt(start, to.size() - start - Integer.BYTES);
    }

    private static void writePayload(Payload payload, Bytes to) {
        to.putText(payload.input());
        to.putText(payload.output());
        to.putInt(payload.metadata().size());
        payload.metadata().forEach((key, value) -> {
            to.putText(key);
            to.putText(value);
        });
    }

    /** The record at this index of a body. */
    static PayloadRecord read(byte[] body, int position) {
        ByteBuffer in = ByteBuffer.wrap(body);
        for (int i = 0; i < position; i++) {
            int length = in.getInt();
            in.position(in.position() + length);
        }
        in.getInt();
        return readNext(in);
    }

    /** The record at the buffer's position, which is just behind its length. */
    static PayloadRecord readNext(ByteBuffer in) {
        PayloadRecord.Kind kind = PayloadRecord.Kind.ofCode(in.get());
        byte flags = in.get();
        long time = in.getLong();
        EntityKey key = new EntityKey(text(in), text(in));
        byte[] row = new byte[in.getInt()];
        in.get(row);
        if ((flags & SAME_AS) != 0) {
            return new PayloadRecord(kind, key, time, row, Payload.NONE, PayloadRef.unpack(in.getLong()));
        }
        return new PayloadRecord(kind, key, time, row, readPayload(in), null);
    }

    private static Payload readPayload(ByteBuffer in) {
        String input = nullableText(in);
        String output = nullableText(in);
        int entries = in.getInt();
        if (input == null && output == null && entries == 0) {
            return Payload.NONE;
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            metadata.put(text(in), text(in));
        }
        return new Payload(input, output, metadata);
    }

    private static String text(ByteBuffer in) {
        String text = nullableText(in);
        if (text == null) {
            throw new IllegalArgumentException("text is missing");
        }
        return text;
    }

    private static @Nullable String nullableText(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
