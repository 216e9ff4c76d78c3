package dev.sonde.server.storage.duckdb;

import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.observations;
import static dev.sonde.server.storage.TestEvents.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.WriteGroup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenRowsTest {

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void openForTooLong_movesToTheOthers_andEndsThere() throws SQLException {
        Observation open = observation("open", "t1")
                .with(o -> {
                    o.endTime = null;
                    o.payload = payload("in", null);
                })
                .build();
        Observation ended = observation("open", "t1")
                .with(o -> o.payload = payload("in", "out"))
                .build();
        try (DuckDbStorage storage =
                DuckDbStorage.open(DuckDbStores.config(directory).withClock(clock()))) {
            storage.writer().write(observations(open));
        }
        assertThat(rows("obs_hot")).isEqualTo(1);

        now = now.plus(Duration.ofMinutes(16));
        try (DuckDbStorage storage =
                DuckDbStorage.open(DuckDbStores.config(directory).withClock(clock()))) {
            storage.writer().write(observations(observation("other", "t2").build()));
            assertThat(storage.observations().find(PROJECT, "open")).contains(open);
        }
        assertThat(rows("obs_hot")).isZero();
        assertThat(rows("obs")).isEqualTo(2);

        try (DuckDbStorage storage =
                DuckDbStorage.open(DuckDbStores.config(directory).withClock(clock()))) {
            Observation before = storage.writer()
                    .baseline(Set.of(), Set.of(open.key()), Set.of())
                    .observations()
                    .get(open.key());
            assertThat(before).isEqualTo(open);
            storage.writer().write(new WriteGroup(List.of(), List.of(new Change<>(before, ended)), List.of()));
            assertThat(storage.observations().find(PROJECT, "open")).contains(ended);
        }
        assertThat(rows("obs")).isEqualTo(2);
    }

    @Test
    void event_neverEnds_andIsNotOpen() throws SQLException {
        Observation event = observation("event", "t1")
                .with(o -> {
                    o.type = ObservationType.EVENT;
                    o.endTime = null;
                })
                .build();
        try (DuckDbStorage storage = DuckDbStores.open(directory)) {
            storage.writer().write(observations(event));
        }

        assertThat(rows("obs_hot")).isZero();
        assertThat(rows("obs")).isEqualTo(1);
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("events.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
