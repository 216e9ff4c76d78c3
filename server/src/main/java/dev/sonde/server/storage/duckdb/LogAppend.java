package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.payload.PayloadLog;
import dev.sonde.server.storage.payload.PayloadRecord;
import dev.sonde.server.storage.payload.PayloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A group on its way into the payload log, on the log's thread: part by part, and then synced. The writer's thread asks
 * for references as it needs them, and so fills the columns while later parts are still being compressed.
 */
final class LogAppend {

    private static final int PART_RECORDS = 256;

    private final List<CompletableFuture<List<PayloadRef>>> parts = new ArrayList<>();
    private final CompletableFuture<Void> durable;

    LogAppend(PayloadLog log, List<PayloadRecord> records, Executor logThread) {
        for (int from = 0; from < records.size(); from += PART_RECORDS) {
            List<PayloadRecord> part = records.subList(from, Math.min(from + PART_RECORDS, records.size()));
            parts.add(CompletableFuture.supplyAsync(() -> log.append(part), logThread));
        }
        durable =
                CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenRunAsync(log::sync, logThread);
    }

    /**
     * Where the record with this index lies.
     *
     * @throws CompletionException when it could not be written
     */
    PayloadRef ref(int index) {
        return parts.get(index / PART_RECORDS).join().get(index % PART_RECORDS);
    }

    /**
     * Waits until all of it is on disk.
     *
     * @throws CompletionException when that failed
     */
    void awaitDurable() {
        durable.join();
    }

    /** Waits until the log's thread is done with it, however that went. */
    void awaitEnd() {
        durable.handle((done, failure) -> true).join();
    }
}
