package dev.sonde.agent.instrumentation.jdbc;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of JDBC by which a search is prepared, asked and read. */
final class JdbcSites {
    /** By the statement that was made of it. */
    private static final Attached<Prepared> PREPARED = new Attached<>();

    /** By the statement that asked last. */
    private static final Attached<Search> ASKED = new Attached<>();

    /** By the result while it is read. */
    private static final Attached<Search> READ = new Attached<>();

    private JdbcSites() {}

    /** SQL that was prepared, and the limit that was last set. For any thread. */
    private static final class Prepared {
        private final VectorSql sql;
        private volatile @Nullable Long limit;

        Prepared(VectorSql sql) {
            this.sql = sql;
        }
    }

    private static boolean isOn() {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        return tracer != null && tracer.config().jdbcVectors();
    }

    private static @Nullable VectorSql sql(Object self, @Nullable Object text) {
        return text instanceof String sql && isOn() && !Databases.isEquality(self) ? VectorSql.of(sql) : null;
    }

    /** {@code prepareStatement} of a connection. */
    static final class Prepare implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return self == null || arguments == null ? null : sql(self, arguments[0]);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            if (result != null) {
                PREPARED.put(result, new Prepared((VectorSql) scope));
            }
            return result;
        }
    }

    /** {@code setInt} and the like, of which only the limit is looked at. */
    static final class Parameter implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Prepared prepared = PREPARED.get(self);
            if (prepared != null
                    && arguments != null
                    && arguments[0] instanceof Integer position
                    && position == prepared.sql.limitParameter()
                    && arguments[1] instanceof Number limit) {
                prepared.limit = limit.longValue();
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** {@code execute} and {@code executeQuery}. */
    static final class Execute implements SiteHandler {
        private record Asking(Step step, Object statement) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (self == null || arguments == null) {
                return null;
            }
            Step step = arguments.length == 0 ? prepared(self) : plain(self, arguments[0]);
            if (step == null) {
                return null;
            }
            end(ASKED.remove(self));
            return new Asking(step.enter(), self);
        }

        private static @Nullable Step prepared(Object statement) {
            Prepared prepared = PREPARED.get(statement);
            if (prepared == null || !isOn()) {
                return null;
            }
            Long set = prepared.limit;
            return start(statement, prepared.sql, set == null ? prepared.sql.limit() : set);
        }

        private static @Nullable Step plain(Object statement, @Nullable Object text) {
            VectorSql sql = sql(statement, text);
            return sql == null ? null : start(statement, sql, sql.limit());
        }

        private static @Nullable Step start(Object statement, VectorSql sql, @Nullable Long limit) {
            Map<String, String> input = new LinkedHashMap<>();
            input.put("sql", StoreJson.text(sql.text()));
            if (limit != null) {
                input.put("limit", limit.toString());
            }
            return Request.search(Databases.system(statement), "SELECT")
                    .in(sql.table())
                    .topK(limit)
                    .says(JsonText.object(input))
                    .start();
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Step step = ((Asking) scope).step();
            Object statement = ((Asking) scope).statement();
            step.leave();
            if (error != null) {
                Search.failed(step, error);
                return result;
            }
            Search search = new Search(step, ASKED.remove(statement));
            if (result == null || Boolean.FALSE.equals(result)) {
                search.ended(); // no rows to be read
            } else {
                ASKED.put(statement, search);
                reads(result, search);
            }
            return result;
        }
    }

    /** {@code getResultSet}, after {@code execute}. */
    static final class Fetch implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return ASKED.get(self);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            reads(result, (Search) scope);
            return result;
        }
    }

    /** {@code next} of a result. */
    static final class Next implements SiteHandler {
        private record Reading(Search search, Object result) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Search search = READ.get(self);
            return search == null || self == null ? null : new Reading(search, self);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Search search = ((Reading) scope).search();
            if (error == null && Boolean.TRUE.equals(result)) {
                search.row();
                return result;
            }
            READ.remove(((Reading) scope).result());
            if (error == null) {
                search.ended();
            } else {
                search.failed(error);
            }
            return result;
        }
    }

    /** {@code close} of a result. */
    static final class CloseResult implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            end(READ.remove(self));
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** {@code close} of a statement, which closes its result. */
    static final class CloseStatement implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            end(ASKED.remove(self));
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** A result that is not read yet belongs to its search; what {@code execute} answers is none. */
    private static void reads(@Nullable Object result, Search search) {
        if (result instanceof java.sql.ResultSet && READ.get(result) != search) {
            READ.put(result, search);
            search.watch(result);
        }
    }

    private static void end(@Nullable Search search) {
        if (search != null) {
            search.ended();
        }
    }
}
