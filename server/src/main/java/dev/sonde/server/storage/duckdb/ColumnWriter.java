package dev.sonde.server.storage.duckdb;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends rows to one table, value by value in column order. For one thread, within one transaction. */
final class ColumnWriter implements AutoCloseable {

    /** Digits behind the point of all amounts. */
    static final int MONEY_SCALE = 12;

    private static final BigDecimal MONEY_LIMIT = BigDecimal.TEN.pow(38 - MONEY_SCALE);

    private final DuckDBAppender appender;

    ColumnWriter(DuckDBConnection connection, String table) throws SQLException {
        appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    ColumnWriter begin() throws SQLException {
        appender.beginRow();
        return this;
    }

    void end() throws SQLException {
        appender.endRow();
    }

    ColumnWriter text(@Nullable String value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(value);
        }
        return this;
    }

    ColumnWriter constant(@Nullable Enum<?> value) throws SQLException {
        return text(value == null ? null : value.name());
    }

    ColumnWriter flag(boolean value) throws SQLException {
        appender.append(value);
        return this;
    }

    ColumnWriter integer(int value) throws SQLException {
        appender.append(value);
        return this;
    }

    ColumnWriter integer(@Nullable Integer value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(value.intValue());
        }
        return this;
    }

    ColumnWriter number(long value) throws SQLException {
        appender.append(value);
        return this;
    }

    ColumnWriter number(@Nullable Long value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(value.longValue());
        }
        return this;
    }

    ColumnWriter decimal(double value) throws SQLException {
        appender.append(value);
        return this;
    }

    ColumnWriter money(@Nullable BigDecimal value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append(scaled(value));
        }
        return this;
    }

    ColumnWriter time(@Nullable Instant value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.appendEpochMicros(Times.micros(value));
        }
        return this;
    }

    ColumnWriter micros(long value) throws SQLException {
        appender.appendEpochMicros(value);
        return this;
    }

    ColumnWriter texts(List<String> values) throws SQLException {
        appender.append(values);
        return this;
    }

    ColumnWriter map(Map<String, ?> values) throws SQLException {
        appender.append(values);
        return this;
    }

    ColumnWriter moneyMap(Map<String, BigDecimal> values) throws SQLException {
        Map<String, BigDecimal> exact = new HashMap<>();
        values.forEach((type, amount) -> exact.put(type, scaled(amount)));
        appender.append(exact);
        return this;
    }

    private static BigDecimal scaled(BigDecimal value) {
        if (value.abs().compareTo(MONEY_LIMIT) >= 0) {
            throw new dev.sonde.server.storage.StorageException("write events: an amount has more than 26 digits");
        }
        return value.setScale(MONEY_SCALE, RoundingMode.HALF_EVEN);
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
