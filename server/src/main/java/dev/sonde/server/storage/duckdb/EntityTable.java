package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Payload;
import dev.sonde.server.storage.payload.PayloadRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one kind of entity stands in its table: the only place that knows its column order. */
interface EntityTable<T> {

    /** Values longer than this are cut in the metadata column: it is for filters, the whole stands in the log. */
    int METADATA_VALUE_LENGTH = 1_000;

    PayloadRecord.Kind kind();

    Class<T> type();

    /** The table of rows that rest. */
    String table();

    /** All tables that hold rows; each row is in one of them. */
    default List<String> tables() {
        return List.of(table());
    }

    /** The time that bounds every question: one column, never null. */
    String timeColumn();

    /** What {@link #read} expects to be selected. */
    String columns();

    EntityKey key(T row);

    Instant time(T row);

    Payload payload(T row);

    T withPayload(T row, Payload payload);

    void append(ColumnWriter to, T row, @Nullable Long payload) throws SQLException;

    /** The current row, with {@link Payload#NONE}. */
    Stored<T> read(ColumnReader from) throws SQLException;

    /** Bytes that keeping this row in the heap takes, roughly. */
    default long weight(T row) {
        Payload payload = payload(row);
        long text = payload.metadata().entrySet().stream()
                .mapToLong(entry ->
                        100L + entry.getKey().length() + entry.getValue().length())
                .sum();
        return 1_000 + text + length(payload.input()) + length(payload.output());
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    static Map<String, String> filterable(Map<String, String> metadata) {
        boolean fits = true;
        for (String value : metadata.values()) {
            fits &= value.length() <= METADATA_VALUE_LENGTH;
        }
        if (fits) {
            return metadata;
        }
        Map<String, String> cut = new LinkedHashMap<>(metadata);
        cut.replaceAll((key, value) ->
                value.length() <= METADATA_VALUE_LENGTH ? value : value.substring(0, METADATA_VALUE_LENGTH));
        return cut;
    }
}
