package dev.sonde.server.storage.payload;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Compresses and uncompresses blocks with contexts that are used again: making one costs as much as a small block.
 * Thread-safe; keeps as many contexts as were ever used at once, until it is closed.
 */
final class Zstd implements AutoCloseable {

    private static final int LEVEL = 1;

    private final ConcurrentLinkedDeque<ZstdCompressCtx> compressors = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<ZstdDecompressCtx> decompressors = new ConcurrentLinkedDeque<>();

    byte[] compress(byte[] raw) {
        ZstdCompressCtx context = compressors.poll();
        if (context == null) {
            context = new ZstdCompressCtx();
            context.setLevel(LEVEL);
        }
        try {
            return context.compress(raw);
        } finally {
            compressors.push(context);
        }
    }

    /** Fails with a {@link com.github.luben.zstd.ZstdException} when the bytes are not what they should be. */
    byte[] decompress(byte[] stored, int from, int length, int rawLength) {
        ZstdDecompressCtx context = decompressors.poll();
        if (context == null) {
            context = new ZstdDecompressCtx();
        }
        try {
            byte[] raw = new byte[rawLength];
            int written = context.decompressByteArray(raw, 0, rawLength, stored, from, length);
            return written == rawLength ? raw : java.util.Arrays.copyOf(raw, written);
        } finally {
            decompressors.push(context);
        }
    }

    @Override
    public void close() {
        for (ZstdCompressCtx context = compressors.poll(); context != null; context = compressors.poll()) {
            context.close();
        }
        for (ZstdDecompressCtx context = decompressors.poll(); context != null; context = decompressors.poll()) {
            context.close();
        }
    }
}
