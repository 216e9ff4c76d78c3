package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.StorageException;
import dev.sonde.server.storage.control.Migrations;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/** The DuckDB file: one connection for the writer, a few for questions, each question on one of them. Thread-safe. */
final class Columns implements AutoCloseable {

    private static final int READERS = 4;
    private static final long CLOSE_CHECK_MILLIS = 500;
    private static final long CLOSE_WAIT_SECONDS = 30;

    private final DuckDBConnection writer;
    private final BlockingQueue<DuckDBConnection> readers = new ArrayBlockingQueue<>(READERS);
    private final List<DuckDBConnection> connections = new ArrayList<>();
    private volatile boolean closed;

    private Columns(DuckDBConnection writer) {
        this.writer = writer;
        connections.add(writer);
    }

    static Columns open(Path file, StorageConfig config) {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", (config.columnMemoryBytes() >> 20) + "MiB");
        settings.setProperty("checkpoint_threshold", (config.checkpointBytes() >> 20) + "MiB");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        try {
            DuckDBConnection writer = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
            NativeLibrary.deleteLoadedCopy();
            Columns opened = new Columns(writer);
            try {
                new Migrations(Columns.class).apply(writer);
                for (int i = 0; i < READERS; i++) {
                    DuckDBConnection reader = writer.duplicate();
                    opened.connections.add(reader);
                    opened.readers.add(reader);
                }
                return opened;
            } catch (SQLException | StorageException e) {
                opened.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StorageException("open columns", e);
        }
    }

    /** The writer's connection; only the thread that holds the write lock uses it. */
    DuckDBConnection writer() {
        return writer;
    }

    /** Reads what one result row says. */
    interface RowReader<T> {
        T read(ColumnReader from) throws SQLException;
    }

    /** All rows of an answer. */
    <T> List<T> list(String operation, Sql sql, RowReader<T> reader) {
        DuckDBConnection connection = borrow(operation);
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement);
            try (ResultSet result = statement.executeQuery()) {
                ColumnReader from = new ColumnReader(result);
                List<T> rows = new ArrayList<>();
                while (from.next()) {
                    rows.add(reader.read(from));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new StorageException(operation, e);
        } finally {
            readers.add(connection);
        }
    }

    /** The one number an answer consists of. */
    long number(String operation, Sql sql) {
        return list(operation, sql, ColumnReader::number).get(0);
    }

    private DuckDBConnection borrow(String operation) {
        try {
            DuckDBConnection reader = null;
            while (reader == null) {
                if (closed) {
                    throw new StorageException(operation + ": the store is closed");
                }
                reader = readers.poll(CLOSE_CHECK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(operation, e);
        }
    }

    /** Work of the writer that becomes visible at once or not at all. */
    interface Work {
        void run() throws SQLException;
    }

    /**
     * Runs work in a transaction of the writer's connection. It is begun by a statement: the driver's own way begins it
     * with the first query, and what an appender wrote before that would be committed by itself.
     */
    void transaction(Work work) throws SQLException {
        execute("BEGIN TRANSACTION");
        try {
            work.run();
        } catch (SQLException | RuntimeException e) {
            try {
                execute("ROLLBACK");
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        execute("COMMIT");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement in the writer's transaction and returns how many rows it changed. */
    int update(Sql sql) throws SQLException {
        try (PreparedStatement statement = writer.prepareStatement(sql.text())) {
            sql.bind(statement);
            return statement.executeUpdate();
        }
    }

    /** Waits for running questions, folds the write-ahead log into the file so that the next start is quick, and closes. */
    @Override
    public void close() {
        closed = true;
        try {
            for (int reader = 1; reader < connections.size(); reader++) {
                if (readers.poll(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS) == null) {
                    throw new StorageException("close columns: a question is still running");
                }
            }
            if (!writer.isClosed()) {
                execute("CHECKPOINT");
            }
            for (DuckDBConnection connection : connections) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new StorageException("close columns", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("close columns", e);
        }
    }
}
