package dev.sonde.agent.instrumentation.jdbc;

import org.jspecify.annotations.Nullable;

/** What the class of a driver's object tells of the database behind it. */
final class Databases {
    private static final String[][] SYSTEMS = {
        {"org.postgresql.", "postgresql"},
        {"org.duckdb.", "duckdb"},
    };

    /** Where {@code <=>} compares, and is no distance. */
    private static final String[] EQUALITY = {"com.mysql.", "org.mariadb."};

    private Databases() {}

    /** OpenTelemetry's word where it has one; null for unknown, as behind a pool. */
    static @Nullable String system(Object driver) {
        String name = driver.getClass().getName();
        for (String[] system : SYSTEMS) {
            if (name.startsWith(system[0])) {
                return system[1];
            }
        }
        return null;
    }

    static boolean isEquality(Object driver) {
        String name = driver.getClass().getName();
        for (String prefix : EQUALITY) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
