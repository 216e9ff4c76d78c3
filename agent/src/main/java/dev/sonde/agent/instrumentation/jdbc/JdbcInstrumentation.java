package dev.sonde.agent.instrumentation.jdbc;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.boot.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Searches by nearness in SQL, by the interfaces that drivers implement. See the package for what is recorded. */
public final class JdbcInstrumentation implements LibraryInstrumentation {
    private static final String STRING = "java.lang.String";
    private static final String OBJECT = "java.lang.Object";
    private static final String STRINGS = "[Ljava.lang.String;";

    /** The second is by what PostgreSQL's connection is one. */
    private static final List<String> CONNECTIONS =
            List.of("java.sql.Connection", "org.postgresql.core.BaseConnection");

    private static final String PREPARED = "java.sql.PreparedStatement";

    /** A class is asked only for the types that it names itself, so that the methods of both are looked for in each. */
    private static final List<String> STATEMENTS = List.of("java.sql.Statement", PREPARED);

    private static final String RESULT = "java.sql.ResultSet";

    @Override
    public String library() {
        return "JDBC";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of();
    }

    @Override
    public List<LibraryMethod> inherited() {
        List<LibraryMethod> all = new ArrayList<>();
        for (String connection : CONNECTIONS) {
            for (List<String> parameters : List.of(
                    List.of(STRING),
                    List.of(STRING, "int"),
                    List.of(STRING, "[I"),
                    List.of(STRING, STRINGS),
                    List.of(STRING, "int", "int"),
                    List.of(STRING, "int", "int", "int"))) {
                all.add(method(connection, "prepareStatement", parameters, JdbcSites.Prepare::new));
            }
        }
        for (String statement : STATEMENTS) {
            for (List<String> parameters : List.of(
                    List.<String>of(),
                    List.of(STRING),
                    List.of(STRING, "int"),
                    List.of(STRING, "[I"),
                    List.of(STRING, STRINGS))) {
                all.add(method(statement, "execute", parameters, JdbcSites.Execute::new));
            }
            all.add(method(statement, "executeQuery", List.of(), JdbcSites.Execute::new));
            all.add(method(statement, "executeQuery", List.of(STRING), JdbcSites.Execute::new));
            all.add(method(statement, "getResultSet", List.of(), JdbcSites.Fetch::new));
            all.add(method(statement, "close", List.of(), JdbcSites.CloseStatement::new));
        }
        all.add(method(PREPARED, "setInt", List.of("int", "int"), JdbcSites.Parameter::new));
        all.add(method(PREPARED, "setLong", List.of("int", "long"), JdbcSites.Parameter::new));
        all.add(method(PREPARED, "setObject", List.of("int", OBJECT), JdbcSites.Parameter::new));
        all.add(method(PREPARED, "setObject", List.of("int", OBJECT, "int"), JdbcSites.Parameter::new));
        all.add(method(RESULT, "next", List.of(), JdbcSites.Next::new));
        all.add(method(RESULT, "close", List.of(), JdbcSites.CloseResult::new));
        return all;
    }

    private static LibraryMethod method(
            String type, String name, List<String> parameters, Supplier<SiteHandler> handler) {
        return new LibraryMethod(type, name, parameters, handler);
    }
}
