package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.util.List;

/** Lists rows of one kind: the first rows of each table, each found by itself, merged. Thread-safe. */
final class Listing<T> {

    private final Subject subject;
    private final EntityStore<T> store;
    private final Columns columns;
    private final PayloadSearch search;

    Listing(Subject subject, EntityStore<T> store, Columns columns, PayloadSearch search) {
        this.subject = subject;
        this.store = store;
        this.columns = columns;
        this.search = search;
    }

    List<T> find(EventQuery query) {
        Slice slice = query.slice();
        Sql order = FieldSql.order(subject, query.order().field());
        String direction = query.order().descending() ? " DESC" : " ASC";
        String ordered = " ORDER BY sort_key" + direction + " NULLS LAST, id" + direction + " LIMIT ";
        Sql where = where(query);
        Sql sql = new Sql();
        for (String table : store.table().tables()) {
            sql.add(sql.text().isEmpty() ? "FROM (" : " UNION ALL ")
                    .add("(SELECT " + store.table().columns() + ", ")
                    .add(order)
                    .add(" AS sort_key FROM " + table + " WHERE ")
                    .add(where)
                    .add(ordered)
                    .number((long) slice.limit() + slice.offset())
                    .add(")");
        }
        sql.add(")" + ordered).number(slice.limit()).add(" OFFSET ").number(slice.offset());
        List<Stored<T>> rows = store.list("list " + store.table().table(), sql);
        return query.withPayload()
                ? store.withText(rows)
                : rows.stream().map(Stored::row).toList();
    }

    private Sql where(EventQuery query) {
        Sql where = new FilterSql(subject, query, search).where();
        Slice.Position after = query.slice().after();
        if (after != null) {
            if (!query.order().equals(Order.NEWEST_FIRST)) {
                throw new IllegalArgumentException("a position is in a list that is ordered newest first");
            }
            String time = store.table().timeColumn();
            long micros = Times.bound(after.time());
            where.add(" AND " + time + " <= ")
                    .time(micros)
                    .add(" AND (" + time + " < ")
                    .time(micros)
                    .add(" OR id < ")
                    .value(after.id())
                    .add(")");
        }
        return where;
    }

    long count(EventQuery query) {
        Sql where = new FilterSql(subject, query, search).where();
        Sql sql = Sql.of("SELECT ");
        List<String> tables = store.table().tables();
        for (int i = 0; i < tables.size(); i++) {
            sql.add(i == 0 ? "" : " + ")
                    .add("(SELECT count(*) FROM " + tables.get(i) + " WHERE ")
                    .add(where)
                    .add(")");
        }
        return columns.number("count " + store.table().table(), sql);
    }
}
