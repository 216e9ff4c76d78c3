package dev.sonde.server.storage.duckdb;

import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.trace;
import static dev.sonde.server.storage.TestEvents.traces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final EventQuery ALL =
            new EventQuery(PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1), false);

    @TempDir
    Path directory;

    @Test
    void open_makesADirectoryThatOnlyItsOwnerReads() throws IOException {
        Path nested = directory.resolve("a/b");

        DuckDbStores.open(nested).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nested)))
                .isEqualTo("rwx------");
    }

    @Test
    void open_createsEverything_andLeavesItToTheNext() {
        Path nested = directory.resolve("a/b");
        Storage first = DuckDbStores.open(nested);
        first.writer().write(traces(trace("t1").build()));
        first.close();
        first.close();

        assertThat(nested).isDirectoryContaining("glob:**/events.duckdb");
        assertThat(nested).isDirectoryContaining("glob:**/control.db");
        try (Storage storage = DuckDbStores.open(nested)) {
            assertThat(storage.traces().find(PROJECT, "t1")).isPresent();
        }
    }

    @Test
    void open_whileOpen_isRefusedInOneSentence() {
        try (Storage storage = DuckDbStores.open(directory)) {
            assertThatThrownBy(() -> DuckDbStores.open(directory))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("the data directory " + directory + " is in use by process "
                            + ProcessHandle.current().pid() + "; one server at a time can have it open");
            assertThat(storage.control().projects()).isEmpty();
        }
    }

    @Test
    void open_newerDataVersion_isRefused() throws IOException {
        DuckDbStores.open(directory).close();
        Files.writeString(directory.resolve("version"), "2\n");

        assertThatThrownBy(() -> DuckDbStores.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessage("the data directory " + directory
                        + " has data version 2, this server knows up to 1: use the newer server that wrote it");

        Files.writeString(directory.resolve("version"), "1\n");
        DuckDbStores.open(directory).close();
    }

    @Test
    void open_newerSchema_isRefused() throws SQLException {
        DuckDbStores.open(directory).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("control.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO migration VALUES (99)");
        }

        assertThatThrownBy(() -> DuckDbStores.open(directory))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("schema 99");
    }

    @Test
    void open_notADirectory_isRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> DuckDbStores.open(file)).isInstanceOf(StorageException.class);
    }

    @Test
    void write_afterClose_isRefused() {
        Storage storage = DuckDbStores.open(directory);
        storage.close();

        assertThatThrownBy(() -> storage.writer().write(traces(trace("t1").build())))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> storage.traces().facet(ALL, Column.NAME))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("closed");
    }
}
