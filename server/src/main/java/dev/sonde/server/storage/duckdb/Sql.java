package dev.sonde.server.storage.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A statement being written: text from this package, values as parameters. The only values that become text are
 * timestamps, and those come from numbers. For one thread.
 */
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    static Sql of(String text) {
        return new Sql().add(text);
    }

    Sql add(String more) {
        text.append(more);
        return this;
    }

    Sql add(Sql more) {
        text.append(more.text);
        values.addAll(more.values);
        return this;
    }

    /** A parameter with this value: text, number or flag. */
    Sql value(Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** {@code IN} any of these, as one parameter. */
    Sql in(Collection<String> texts) {
        text.append(" IN (SELECT unnest(?))");
        values.add(texts.toArray(String[]::new));
        return this;
    }

    /** A list of texts as one parameter. */
    Sql texts(Collection<String> texts) {
        text.append('?');
        values.add(texts.toArray(String[]::new));
        return this;
    }

    /** {@code IN} any of these, as one parameter. */
    Sql inNumbers(Collection<Long> numbers) {
        text.append(" IN (SELECT unnest(?))");
        values.add(numbers.toArray(Long[]::new));
        return this;
    }

    /** A time literal. */
    Sql time(long micros) {
        text.append(Times.literal(micros));
        return this;
    }

    Sql number(long number) {
        text.append(number);
        return this;
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("VARCHAR", texts));
            } else if (value instanceof Long[] numbers) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("BIGINT", numbers));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
