package dev.sonde.server.query;

/** The order of an answer; ties are broken by id in the same direction. */
public record Order(Field field, boolean descending) {

    /** Newest first. */
    public static final Order NEWEST_FIRST = new Order(Field.of(Column.TIMESTAMP), true);
}
