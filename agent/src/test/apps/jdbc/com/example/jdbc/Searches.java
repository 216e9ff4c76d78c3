package com.example.jdbc;

import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Searches a table of three things by JDBC, one scenario for each line, and says on one line each what was found. */
public final class Searches {
    private static final String NEAREST = "SELECT name FROM things ORDER BY embedding <-> ";

    private final Connection connection;
    /** Text of a vector, and what a parameter is that is one. */
    private final String vector;

    private final String parameter;
    private final String distance;

    private Searches(Connection connection, boolean postgres) {
        this.connection = connection;
        this.vector = postgres ? "'{1,0,0}'::float8[]" : "[1.0, 0.0, 0.0]::FLOAT[3]";
        this.parameter = postgres ? "?::float8[]" : "?::FLOAT[3]";
        this.distance = postgres ? "{1,0,0}" : "[1.0, 0.0, 0.0]";
    }

    /** @param arguments the database's address */
    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        Connection connection = DriverManager.getConnection(url);
        boolean postgres = url.startsWith("jdbc:postgresql:");
        prepare(connection, postgres);
        Searches searches = new Searches(connection, postgres);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println("> " + searches.play(line).replace('\n', ' '));
        }
        System.exit(0);
    }

    private static void prepare(Connection connection, boolean postgres) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS things");
            if (postgres) {
                statement.execute("DROP OPERATOR IF EXISTS <-> (float8[], float8[])");
                statement.execute("CREATE OR REPLACE FUNCTION l2(a float8[], b float8[]) RETURNS float8 LANGUAGE sql"
                        + " AS 'SELECT sqrt(sum((x - y) ^ 2)) FROM unnest(a, b) AS u(x, y)'");
                statement.execute(
                        "CREATE OPERATOR <-> (LEFTARG = float8[], RIGHTARG = float8[], FUNCTION = l2)");
            }
            statement.execute("CREATE TABLE things (name text, embedding " + (postgres ? "float8[]" : "FLOAT[3]") + ")");
            String[] values = postgres
                    ? new String[] {"'{1,0,0}'", "'{0,1,0}'", "'{5,5,5}'"}
                    : new String[] {"[1, 0, 0]", "[0, 1, 0]", "[5, 5, 5]"};
            for (int i = 0; i < 3; i++) {
                statement.execute("INSERT INTO things VALUES ('" + "abc".charAt(i) + "', " + values[i] + ")");
            }
        }
    }

    private String play(String scenario) {
        try {
            return scenario.equals("observed") ? observed() : search(scenario);
        } catch (SQLException e) {
            return "threw " + e.getSQLState();
        }
    }

    @Observe(name = "outer")
    private String observed() throws SQLException {
        return search("plain");
    }

    private String search(String scenario) throws SQLException {
        switch (scenario) {
            case "plain":
                return plain(NEAREST + vector + " LIMIT 2");
            case "prepared":
                return prepared(NEAREST + parameter + " LIMIT 2", -1);
            case "limitSet":
                return prepared(NEAREST + parameter + " LIMIT ?", 1);
            case "again":
                try (PreparedStatement statement = connection.prepareStatement(NEAREST + parameter + " LIMIT ?")) {
                    String all = "";
                    for (int limit = 1; limit < 3; limit++) {
                        statement.setString(1, distance);
                        statement.setObject(2, limit);
                        ResultSet result = statement.executeQuery();
                        result.next();
                        all += result.getString(1); // the rest is left
                    }
                    return all;
                }
            case "execute":
                try (Statement statement = connection.createStatement()) {
                    return statement.execute(NEAREST + vector) ? read(statement.getResultSet()) : "nothing";
                }
            case "firstOnly":
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(NEAREST + vector)) {
                    result.next();
                    return result.getString(1);
                }
            case "statementClosed":
                try (Statement statement = connection.createStatement()) {
                    ResultSet result = statement.executeQuery(NEAREST + vector);
                    result.next();
                    return result.getString(1);
                }
            case "dropped":
                return dropped();
            case "missing":
                return plain("SELECT name FROM nowhere ORDER BY embedding <-> " + vector);
            case "other":
                return plain("SELECT name FROM things WHERE name <> '<->' ORDER BY name -- <->");
            default:
                throw new IllegalArgumentException(scenario);
        }
    }

    private String plain(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return read(statement.executeQuery(sql));
        }
    }

    private String prepared(String sql, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, distance);
            if (limit >= 0) {
                statement.setInt(2, limit);
            }
            return read(statement.executeQuery());
        }
    }

    private String dropped() throws SQLException {
        String first = first();
        for (int i = 0; i < 20; i++) {
            System.gc();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
        }
        return first;
    }

    private String first() throws SQLException {
        ResultSet result = connection.createStatement().executeQuery(NEAREST + vector);
        result.next();
        return result.getString(1);
    }

    private static String read(ResultSet rows) throws SQLException {
        StringBuilder all = new StringBuilder();
        while (rows.next()) {
            all.append(rows.getString(1));
        }
        return all.toString();
    }
}
