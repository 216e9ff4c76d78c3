package dev.sonde.server.storage.control;

import dev.sonde.server.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file, synced at each commit, which the roles of the control plane share. One connection, one transaction
 * at a time: each takes well under a millisecond, and SQLite has one writer anyway. Thread-safe.
 */
public final class ControlDatabase implements AutoCloseable {

    /** Guards the handle: a connection runs one statement at a time. */
    private final Object lock = new Object();

    private final Handle handle;

    private ControlDatabase(Handle handle) {
        this.handle = handle;
    }

    /** Opens the file, which is created when missing, and brings its schema up to date. */
    public static ControlDatabase open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            new Migrations(ControlDatabase.class).apply(connection);
            return new ControlDatabase(Jdbi.create(connection).open());
        } catch (SQLException | StorageException e) {
            StorageException failure = new StorageException("open control plane", e);
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException suppressed) {
                    failure.addSuppressed(suppressed);
                }
            }
            throw failure;
        }
    }

    /**
     * Runs one transaction; what it throws undoes it.
     *
     * @param operation what is done, for the {@link StorageException} of a statement that fails
     */
    <T> T ask(String operation, Function<Handle, T> question) {
        synchronized (lock) {
            try {
                return handle.inTransaction(question::apply);
            } catch (JdbiException e) {
                throw new StorageException(operation, e.getCause() == null ? e : e.getCause());
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            handle.close();
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
