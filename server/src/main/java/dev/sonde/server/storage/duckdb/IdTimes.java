package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.storage.payload.PayloadRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * When an id begins, for traces, observations and scores: what turns "by id" into "by id within this time", which skips
 * nearly all of a table. New ids are in the heap; older ones in tables sorted by hash, level by level, behind a filter
 * in the heap that knows which ids were never stored. Reading is thread-safe, writing is for the writer's thread.
 */
final class IdTimes {

    /** Ids kept in the heap before they are sorted into the first level: about 10 MB. */
    static final int RECENT = 1 << 17;

    /** How many runs a level collects before it is sorted into the next. */
    private static final int FAN_OUT = 8;

    private static final int LEVELS = 4;
    private static final int MAX_LITERALS = 64;

    private final Columns columns;
    private final int maxRecent;
    /** Guards the heap's part: recent, filter. */
    private final Object lock = new Object();

    private final Map<Long, Span> recent = new HashMap<>();
    private final IdFilter filter = new IdFilter();
    private final long[] rows = new long[LEVELS];

    /**
     * @param maxRecent ids kept in the heap, usually {@link #RECENT}
     */
    IdTimes(Columns columns, int maxRecent) {
        this.columns = columns;
        this.maxRecent = maxRecent;
        for (int level = 0; level < LEVELS; level++) {
            List<Long> hashes = columns.list(
                    "load id index", Sql.of("SELECT hash FROM tidx_").number(level), ColumnReader::number);
            hashes.forEach(filter::add);
            rows[level] = hashes.size();
        }
        columns.list("load id index", Sql.of("SELECT hash, epoch_us(time) FROM tidx_recent"), from -> {
            remember(new Entry(from.number(), Span.at(from.number())));
            return 0;
        });
    }

    /**
     * Where rows may begin.
     *
     * @param from microseconds since 1970, inclusive
     * @param to inclusive
     */
    record Span(long from, long to) {
        static Span at(long time) {
            return new Span(time, time);
        }

        Span plus(Span other) {
            return new Span(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    /**
     * One id to be remembered.
     *
     * @param span from the old time to the new one
     * @param time the new time
     */
    record Entry(long hash, Span span, long time) {

        Entry(long hash, Span span) {
            this(hash, span, span.from());
        }
    }

    /** The times of those ids that may be stored; an id that is absent here is not stored. */
    Map<EntityKey, Span> find(PayloadRecord.Kind kind, Collection<EntityKey> keys) {
        Map<EntityKey, Span> found = new HashMap<>();
        Map<Long, EntityKey> older = new HashMap<>();
        synchronized (lock) {
            for (EntityKey key : keys) {
                long hash = hash(kind, key);
                Span span = recent.get(hash);
                if (span != null) {
                    found.put(key, span);
                } else if (filter.mayContain(hash)) {
                    older.put(hash, key);
                }
            }
        }
        if (!older.isEmpty()) {
            findOlder(older, found);
        }
        return found;
    }

    @Nullable
    Span find(PayloadRecord.Kind kind, EntityKey key) {
        return find(kind, List.of(key)).get(key);
    }

    private void findOlder(Map<Long, EntityKey> keys, Map<EntityKey, Span> found) {
        Sql sql = new Sql();
        for (int level = 0; level < LEVELS; level++) {
            sql.add(level == 0 ? "" : " UNION ALL ")
                    .add("SELECT hash, epoch_us(time) FROM tidx_")
                    .number(level)
                    .add(" WHERE hash");
            if (keys.size() <= MAX_LITERALS) {
                StringJoiner literals = new StringJoiner(", ", " IN (", ")");
                keys.keySet().forEach(hash -> literals.add(hash.toString()));
                sql.add(literals.toString());
            } else {
                sql.inNumbers(keys.keySet());
            }
        }
        columns.list("look up ids", sql, from -> {
            EntityKey key = keys.get(from.number());
            Span span = Span.at(from.number());
            if (key != null) {
                found.merge(key, span, Span::plus);
            }
            return 0;
        });
    }

    /**
     * Adds entries in the writer's transaction. From now on the ids are looked for at their old and at their new time,
     * so that they are found before the commit as well as after it.
     */
    void append(List<Entry> entries) throws SQLException {
        synchronized (lock) {
            entries.forEach(this::remember);
        }
        try (ColumnWriter to = new ColumnWriter(columns.writer(), "tidx_recent")) {
            for (Entry entry : entries) {
                to.begin().number(entry.hash()).micros(entry.time()).end();
            }
        }
    }

    private void remember(Entry entry) {
        recent.merge(entry.hash(), entry.span(), Span::plus);
    }

    boolean full() {
        synchronized (lock) {
            return recent.size() >= maxRecent;
        }
    }

    /** Moves the recent ids into the first level, and full levels into the next, in a transaction of its own. */
    void spill() throws SQLException {
        List<Long> hashes;
        synchronized (lock) {
            hashes = new ArrayList<>(recent.keySet());
        }
        long[] after = rows.clone();
        columns.transaction(() -> {
            after[0] += columns.update(Sql.of("INSERT INTO tidx_0 FROM tidx_recent ORDER BY hash"));
            columns.update(Sql.of("DELETE FROM tidx_recent"));
            long limit = (long) maxRecent * FAN_OUT;
            for (int level = 0; level + 1 < LEVELS && after[level] >= limit; level++) {
                after[level + 1] += columns.update(Sql.of("INSERT INTO tidx_")
                        .number(level + 1)
                        .add(" FROM tidx_")
                        .number(level)
                        .add(" ORDER BY hash"));
                columns.update(Sql.of("DELETE FROM tidx_").number(level));
                after[level] = 0;
                limit *= FAN_OUT;
            }
        });
        System.arraycopy(after, 0, rows, 0, LEVELS);
        synchronized (lock) {
            hashes.forEach(filter::add);
            recent.clear();
        }
    }

    /** Spreads kind, project and id over all 64 bits. */
    static long hash(PayloadRecord.Kind kind, EntityKey key) {
        long hash = mix(kind.code(), key.projectId());
        hash = mix(hash, key.id());
        hash ^= hash >>> 30;
        hash *= 0xBF58476D1CE4E5B9L;
        hash ^= hash >>> 27;
        hash *= 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }

    private static long mix(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (hash ^ text.length()) * 0xD6E8FEB86659FD93L;
    }
}
