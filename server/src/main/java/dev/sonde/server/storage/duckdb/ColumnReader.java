package dev.sonde.server.storage.duckdb;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the current row of a result, value by value in column order. Times are selected as microseconds. */
final class ColumnReader {

    private final ResultSet rows;
    private int column;

    ColumnReader(ResultSet rows) {
        this.rows = rows;
    }

    /** Goes to the next row. */
    boolean next() throws SQLException {
        column = 0;
        return rows.next();
    }

    String text() throws SQLException {
        return Objects.requireNonNull(nullableText(), "text");
    }

    @Nullable
    String nullableText() throws SQLException {
        return rows.getString(++column);
    }

    <E extends Enum<E>> E constant(Class<E> type) throws SQLException {
        return Enum.valueOf(type, text());
    }

    <E extends Enum<E>> @Nullable E nullableConstant(Class<E> type) throws SQLException {
        String name = nullableText();
        return name == null ? null : Enum.valueOf(type, name);
    }

    boolean flag() throws SQLException {
        return rows.getBoolean(++column);
    }

    int integer() throws SQLException {
        return rows.getInt(++column);
    }

    @Nullable
    Integer nullableInteger() throws SQLException {
        int value = rows.getInt(++column);
        return rows.wasNull() ? null : value;
    }

    long number() throws SQLException {
        return rows.getLong(++column);
    }

    @Nullable
    Long nullableNumber() throws SQLException {
        long value = rows.getLong(++column);
        return rows.wasNull() ? null : value;
    }

    double decimal() throws SQLException {
        return rows.getDouble(++column);
    }

    @Nullable
    Double nullableDecimal() throws SQLException {
        double value = rows.getDouble(++column);
        return rows.wasNull() ? null : value;
    }

    @Nullable
    BigDecimal nullableMoney() throws SQLException {
        BigDecimal value = rows.getBigDecimal(++column);
        return value == null ? null : plain(value);
    }

    Instant time() throws SQLException {
        return Times.instant(rows.getLong(++column));
    }

    @Nullable
    Instant nullableTime() throws SQLException {
        long micros = rows.getLong(++column);
        return rows.wasNull() ? null : Times.instant(micros);
    }

    @Nullable
    Boolean nullableFlag() throws SQLException {
        boolean value = rows.getBoolean(++column);
        return rows.wasNull() ? null : value;
    }

    /** Any number, exact where the column is; null also where it is none, as after an overflow. */
    @Nullable
    Number nullableFigure() throws SQLException {
        Object value = rows.getObject(++column);
        if (value instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        return value instanceof Number number && Double.isFinite(number.doubleValue()) ? number : null;
    }

    List<String> texts() throws SQLException {
        Array array = rows.getArray(++column);
        List<String> texts = new ArrayList<>();
        if (array != null) {
            for (Object element : (Object[]) array.getArray()) {
                texts.add((String) element);
            }
        }
        return texts;
    }

    Map<String, String> textMap() throws SQLException {
        Map<String, String> map = new LinkedHashMap<>();
        map().forEach((key, value) -> map.put((String) key, (String) value));
        return map;
    }

    Map<String, Long> numberMap() throws SQLException {
        Map<String, Long> map = new LinkedHashMap<>();
        map().forEach((key, value) -> map.put((String) key, ((Number) value).longValue()));
        return map;
    }

    Map<String, Double> decimalMap() throws SQLException {
        Map<String, Double> map = new LinkedHashMap<>();
        map().forEach((key, value) -> map.put((String) key, ((Number) value).doubleValue()));
        return map;
    }

    Map<String, BigDecimal> moneyMap() throws SQLException {
        Map<String, BigDecimal> map = new LinkedHashMap<>();
        map().forEach((key, value) -> map.put((String) key, plain((BigDecimal) value)));
        return map;
    }

    private Map<?, ?> map() throws SQLException {
        return (Map<?, ?>) rows.getObject(++column);
    }

    /** Without the zeros that the column's scale added, and never in exponent form. */
    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
