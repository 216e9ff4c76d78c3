package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.Column;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Filter.Comparison;
import java.math.BigDecimal;
import java.util.List;

/**
 * Compiles filters over fields of any table. Conditions may be null for absent fields, which a {@code WHERE} takes as
 * false; each negation first makes null false, so that absent fields satisfy it.
 */
final class ConditionSql {

    private static final int MAX_INLINE_VALUES = 50;
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private final Fields fields;

    ConditionSql(Fields fields) {
        this.fields = fields;
    }

    /** Where the fields of one question stand. */
    interface Fields {
        FieldSql of(Field field);

        /** A condition on the place of the field as a condition on the row. */
        default Sql at(Field field, Sql condition) {
            return condition;
        }

        /** A condition on text. */
        default Sql inPayload(PayloadSearch.Matcher matcher) {
            throw new IllegalArgumentException("text cannot be asked for here");
        }
    }

    /** The filter as a condition. */
    Sql of(Filter filter) {
        if (filter instanceof Filter.And and) {
            return joined(and.parts(), " AND ", "true");
        } else if (filter instanceof Filter.Or or) {
            return joined(or.parts(), " OR ", "false");
        } else if (filter instanceof Filter.Not not) {
            return not(of(not.part()));
        } else if (filter instanceof Filter.OneOf oneOf) {
            Sql any = anyOrAll(oneOf);
            return oneOf.match() == Filter.SetMatch.NONE_OF ? not(any) : any;
        } else if (filter instanceof Filter.TextIs is) {
            return text(is);
        } else if (filter instanceof Filter.NumberIs is) {
            Sql sql = at(is.field(), number(sqlOf(is.field()), is));
            return is.comparison() == Comparison.NOT_EQUAL ? not(sql) : sql;
        } else if (filter instanceof Filter.TimeIs is) {
            FieldSql field = expect(is.field(), FieldSql.Type.TIME);
            Sql sql = Sql.of("(")
                    .add(field.expression())
                    .add(operator(is.comparison()))
                    .time(Times.bound(is.value()))
                    .add(")");
            return is.comparison() == Comparison.NOT_EQUAL ? not(at(is.field(), sql)) : at(is.field(), sql);
        } else if (filter instanceof Filter.FlagIs is) {
            Sql sql = at(is.field(), expect(is.field(), FieldSql.Type.FLAG).expression());
            return is.value() ? sql : not(sql);
        } else if (filter instanceof Filter.Present present) {
            Sql sql = present(present.field());
            return present.present() ? sql : not(sql);
        }
        throw new IllegalArgumentException("filter " + filter.getClass().getSimpleName());
    }

    private Sql joined(List<Filter> parts, String separator, String empty) {
        if (parts.isEmpty()) {
            return Sql.of(empty);
        }
        Sql sql = Sql.of("(");
        for (int i = 0; i < parts.size(); i++) {
            sql.add(i == 0 ? "" : separator).add(of(parts.get(i)));
        }
        return sql.add(")");
    }

    private static Sql not(Sql sql) {
        return Sql.of("NOT coalesce(").add(sql).add(", false)");
    }

    private FieldSql sqlOf(Field field) {
        return fields.of(field);
    }

    private Sql at(Field field, Sql condition) {
        return fields.at(field, condition);
    }

    private FieldSql expect(Field field, FieldSql.Type type) {
        FieldSql sql = sqlOf(field);
        if (sql.type() != type) {
            throw new IllegalArgumentException(
                    field.column() + " is not a " + type.name().toLowerCase(java.util.Locale.ROOT));
        }
        return sql;
    }

    // --- text

    private Sql text(Filter.TextIs is) {
        FieldSql field = sqlOf(is.field());
        if (field.place() == FieldSql.Place.PAYLOAD) {
            TextPattern pattern = TextPattern.of(is);
            Sql sql = fields.inPayload(pattern.on(is.field().column()));
            return is.field().column() == Column.TEXT
                    ? Sql.of("(id = ")
                            .value(is.value())
                            .add(" OR ")
                            .add(match("name", is.match() == Filter.TextMatch.GLOB ? is : contains(is)))
                            .add(" OR ")
                            .add(sql)
                            .add(")")
                    : sql;
        }
        Sql condition = field.type() == FieldSql.Type.TEXTS
                ? Sql.of("len(list_filter(")
                        .add(field.expression())
                        .add(", lambda x: ")
                        .add(match("x", is))
                        .add(")) > 0")
                : match(asText(field), is);
        return at(is.field(), condition);
    }

    private static Filter.TextIs contains(Filter.TextIs is) {
        return new Filter.TextIs(is.field(), Filter.TextMatch.CONTAINS, is.value(), is.ignoreCase());
    }

    private static Sql match(String expression, Filter.TextIs is) {
        return match(Sql.of(expression), is);
    }

    private static Sql match(Sql expression, Filter.TextIs is) {
        Sql left = is.ignoreCase() ? Sql.of("lower(").add(expression).add(")") : expression;
        String value = is.match() == Filter.TextMatch.GLOB ? TextPattern.like(is.value()) : is.value();
        Sql right = is.ignoreCase() ? Sql.of("lower(").value(value).add(")") : new Sql().value(value);
        return switch (is.match()) {
            case EQUAL -> Sql.of("(").add(left).add(" = ").add(right).add(")");
            case CONTAINS -> Sql.of("contains(").add(left).add(", ").add(right).add(")");
            case STARTS_WITH ->
                Sql.of("starts_with(").add(left).add(", ").add(right).add(")");
            case ENDS_WITH ->
                Sql.of("ends_with(").add(left).add(", ").add(right).add(")");
            case GLOB -> Sql.of("(").add(left).add(" LIKE ").add(right).add(" ESCAPE '\\')");
        };
    }

    private static Sql asText(FieldSql field) {
        return field.type() == FieldSql.Type.TEXT
                ? field.expression()
                : Sql.of("CAST(").add(field.expression()).add(" AS VARCHAR)");
    }

    private Sql anyOrAll(Filter.OneOf oneOf) {
        FieldSql field = sqlOf(oneOf.field());
        boolean all = oneOf.match() == Filter.SetMatch.ALL_OF;
        if (oneOf.values().isEmpty()) {
            return Sql.of(all ? "true" : "false");
        }
        if (field.place() == FieldSql.Place.PAYLOAD) {
            List<Filter> parts = oneOf.values().stream()
                    .<Filter>map(value -> new Filter.TextIs(oneOf.field(), Filter.TextMatch.EQUAL, value, false))
                    .toList();
            return of(all ? new Filter.And(parts) : new Filter.Or(parts));
        }
        if (field.type() == FieldSql.Type.TEXTS) {
            Sql sql = Sql.of(all ? "list_has_all(" : "list_has_any(")
                    .add(field.expression())
                    .add(", CAST(");
            return at(oneOf.field(), sql.texts(oneOf.values()).add(" AS VARCHAR[]))"));
        }
        Sql sql = Sql.of("(").add(asText(field));
        if (all) {
            boolean one = oneOf.values().stream().distinct().count() == 1;
            return one
                    ? at(
                            oneOf.field(),
                            sql.add(" = ").value(oneOf.values().get(0)).add(")"))
                    : Sql.of("false");
        }
        if (oneOf.values().size() > MAX_INLINE_VALUES) {
            return at(oneOf.field(), sql.in(oneOf.values()).add(")"));
        }
        sql.add(" IN (");
        for (int i = 0; i < oneOf.values().size(); i++) {
            sql.add(i == 0 ? "" : ", ").value(oneOf.values().get(i));
        }
        return at(oneOf.field(), sql.add("))"));
    }

    // --- numbers, presence

    private static Sql number(FieldSql field, Filter.NumberIs is) {
        BigDecimal value = field.type() == FieldSql.Type.DURATION ? is.value().multiply(MICROS) : is.value();
        Sql left = switch (field.type()) {
            case NUMBER, COUNT, DURATION -> field.expression();
            case TEXT -> Sql.of("TRY_CAST(").add(field.expression()).add(" AS DOUBLE)");
            default -> throw new IllegalArgumentException(is.field().column() + " is not a number");
        };
        // Amounts are exact up to their twelve digits; what does not fit is compared as a floating-point number.
        boolean exact = value.scale() <= ColumnWriter.MONEY_SCALE && value.precision() - value.scale() <= 20;
        return Sql.of("(")
                .add(left)
                .add(operator(is.comparison()))
                .value(exact ? value : (Object) value.doubleValue())
                .add(")");
    }

    private static String operator(Comparison comparison) {
        return switch (comparison) {
            case EQUAL, NOT_EQUAL -> " = ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
        };
    }

    private Sql present(Field field) {
        FieldSql sql = sqlOf(field);
        if (sql.place() == FieldSql.Place.PAYLOAD) {
            return fields.inPayload(TextPattern.ANY.on(field.column()));
        }
        Sql expression = sql.expression();
        return at(
                field,
                switch (sql.type()) {
                    case TEXTS -> Sql.of("len(").add(expression).add(") > 0");
                    case COUNT -> Sql.of("(").add(expression).add(" > 0)");
                    case FLAG -> expression;
                    default -> Sql.of("(").add(expression).add(" IS NOT NULL)");
                });
    }
}
