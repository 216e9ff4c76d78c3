package dev.sonde.server.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.storage.duckdb.IdTimes.Entry;
import dev.sonde.server.storage.duckdb.IdTimes.Span;
import dev.sonde.server.storage.payload.PayloadRecord.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdTimesTest {

    private static final int MAX_RECENT = 10;

    @TempDir
    Path directory;

    private Columns columns;
    private IdTimes times;

    @BeforeEach
    void open() {
        columns = Columns.open(directory.resolve("test.duckdb"), DuckDbStores.config(directory));
        times = new IdTimes(columns, MAX_RECENT);
    }

    @AfterEach
    void close() {
        columns.close();
    }

    @Test
    void find_throughAllLevels_andAfterReopening() throws SQLException {
        int ids = MAX_RECENT * 8 * 8 + 75;
        for (int i = 0; i < ids; i += 5) {
            add(IntStream.range(i, i + 5).mapToObj(IdTimesTest::entry).toList());
        }

        assertThat(rows("tidx_recent")).isLessThan(MAX_RECENT);
        assertThat(rows("tidx_0")).isPositive();
        assertThat(rows("tidx_2")).isPositive();
        for (int round = 0; round < 2; round++) {
            List<EntityKey> keys =
                    IntStream.range(0, ids).mapToObj(IdTimesTest::key).toList();
            Map<EntityKey, Span> found = times.find(Kind.TRACE, keys);
            for (int i = 0; i < ids; i++) {
                assertThat(found.get(key(i))).isEqualTo(Span.at(i));
                assertThat(times.find(Kind.TRACE, key(i))).isEqualTo(Span.at(i));
            }
            assertThat(times.find(Kind.OBSERVATION, keys)).isEmpty();
            times = new IdTimes(columns, MAX_RECENT);
        }
    }

    @Test
    void find_movedId_spansOldAndNewUntilItIsSure() throws SQLException {
        add(List.of(entry(1)));
        long hash = IdTimes.hash(Kind.TRACE, key(1));

        add(List.of(new Entry(hash, new Span(1, 500), 500)));

        assertThat(times.find(Kind.TRACE, key(1))).isEqualTo(new Span(1, 500));
    }

    @Test
    void append_rolledBack_doesNotHideWhatIsThere() throws SQLException {
        add(List.of(entry(1)));
        long hash = IdTimes.hash(Kind.TRACE, key(1));
        try {
            columns.transaction(() -> {
                times.append(List.of(new Entry(hash, new Span(1, 500), 500)));
                throw new IllegalStateException("the group fails");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("the group fails");
        }

        Span span = times.find(Kind.TRACE, key(1));

        assertThat(span).isNotNull();
        assertThat(span.from()).isEqualTo(1);
        assertThat(rows("tidx_recent")).isEqualTo(1);
    }

    @Test
    void filter_knowsWhatItSaw_andLittleElse() {
        IdFilter filter = new IdFilter();
        List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            hashes.add(IdTimes.hash(Kind.TRACE, key(i)));
        }
        hashes.forEach(filter::add);

        long wrong = IntStream.range(0, 200_000)
                .mapToLong(i -> IdTimes.hash(Kind.OBSERVATION, key(i)))
                .filter(filter::mayContain)
                .count();

        assertThat(hashes).allMatch(filter::mayContain);
        assertThat(wrong).isLessThan(1_000);
    }

    private void add(List<Entry> entries) throws SQLException {
        columns.transaction(() -> times.append(entries));
        if (times.full()) {
            times.spill();
        }
    }

    private long rows(String table) {
        return columns.number("count", Sql.of("SELECT count(*) FROM " + table));
    }

    private static EntityKey key(int i) {
        return new EntityKey("project", "id-" + i);
    }

    private static Entry entry(int i) {
        return new Entry(IdTimes.hash(Kind.TRACE, key(i)), Span.at(i));
    }
}
