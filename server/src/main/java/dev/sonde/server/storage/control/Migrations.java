package dev.sonde.server.storage.control;

import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbered schema changes of one database: resources {@code 001.sql}, {@code 002.sql} … beside an owner class, in
 * its folder {@code migrations}. Each runs once, in a transaction of its own, and is remembered in the table {@code
 * migration}. There is no way back. Works on SQLite, DuckDB and PostgreSQL, because it asks nothing special of them.
 */
public final class Migrations {

    private final Class<?> owner;

    public Migrations(Class<?> owner) {
        this.owner = owner;
    }

    /**
     * Brings a database up to date.
     *
     * @throws StorageException when a step fails (that step then left nothing behind), or when the database has steps
     *     that this server does not know
     */
    public void apply(Connection connection) {
        List<String> scripts = scripts();
        try {
            int applied = applied(connection);
            if (applied > scripts.size()) {
                throw new StorageException("the database has schema " + applied + ", this server knows up to "
                        + scripts.size() + ": use the newer server that wrote it");
            }
            for (int number = applied + 1; number <= scripts.size(); number++) {
                apply(connection, number, scripts.get(number - 1));
            }
        } catch (SQLException e) {
            throw new StorageException("migrate database", e);
        }
    }

    private static int applied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL)");
            try (ResultSet rows = statement.executeQuery("SELECT coalesce(max(number), 0) FROM migration")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static void apply(Connection connection, int number, String script) throws SQLException {
        connection.setAutoCommit(false);
        try {
            try (Statement statement = connection.createStatement()) {
                for (String sql : script.replaceAll("(?m)^--.*$", "").split(";\\s*\n", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }
            try (PreparedStatement done = connection.prepareStatement("INSERT INTO migration VALUES (?)")) {
                done.setInt(1, number);
                done.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        while (true) {
            String name = String.format("migrations/%03d.sql", scripts.size() + 1);
            try (InputStream in = owner.getResourceAsStream(name)) {
                if (in == null) {
                    return scripts;
                }
                scripts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new StorageException("read " + name, e);
            }
        }
    }
}
