package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one kind as last written or read by the writer, payload included, so that an update seconds later needs no
 * read. Bounded by weight, the least recently used go first. Only for the thread that holds the write lock.
 */
final class RecentRows<T> {

    private final EntityTable<T> table;
    private final long maxWeight;
    private final Map<EntityKey, Stored<T>> rows = new LinkedHashMap<>(256, 0.75f, true);
    private long weight;

    RecentRows(EntityTable<T> table, long maxWeight) {
        this.table = table;
        this.maxWeight = maxWeight;
    }

    @Nullable
    Stored<T> find(EntityKey key) {
        return rows.get(key);
    }

    void put(EntityKey key, Stored<T> row) {
        Stored<T> old = rows.put(key, row);
        weight += table.weight(row.row()) - (old == null ? 0 : table.weight(old.row()));
        var eldest = rows.values().iterator();
        while (weight > maxWeight && eldest.hasNext()) {
            weight -= table.weight(eldest.next().row());
            eldest.remove();
        }
    }

    void remove(EntityKey key) {
        Stored<T> old = rows.remove(key);
        if (old != null) {
            weight -= table.weight(old.row());
        }
    }
}
