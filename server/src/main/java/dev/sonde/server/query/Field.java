package dev.sonde.server.query;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column, or one entry of a map column.
 *
 * @param key metadata key or score name for {@link Column#METADATA}, {@link Column#SCORE} and {@link
 *     Column#SCORE_CATEGORY}, otherwise null
 */
public record Field(Column column, @Nullable String key) {

    public Field {
        boolean needsKey = column == Column.METADATA || column == Column.SCORE || column == Column.SCORE_CATEGORY;
        if (needsKey != (key != null)) {
            throw new IllegalArgumentException(column + (needsKey ? " needs a key" : " takes no key"));
        }
    }

    /** A plain column. */
    public static Field of(Column column) {
        return new Field(column, null);
    }

    /** One entry of a map column. */
    public static Field of(Column column, String key) {
        return new Field(column, Objects.requireNonNull(key, "key"));
    }
}
