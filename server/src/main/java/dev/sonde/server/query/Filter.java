package dev.sonde.server.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A condition on rows, as a tree. Values are data: engines bind them, never paste them into text. */
public sealed interface Filter {

    /** Holds for every row. */
    Filter ALL = new And(List.of());

    /** All of them; an empty list holds. */
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them; an empty list does not hold. */
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** The opposite; a row where the field is absent satisfies a negated condition. */
    record Not(Filter part) implements Filter {}

    /** Compares text. */
    record TextIs(Field field, TextMatch match, String value, boolean ignoreCase) implements Filter {}

    /** Compares text, or each element of a list, with a set of values. */
    record OneOf(Field field, SetMatch match, List<String> values) implements Filter {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** Compares a number. */
    record NumberIs(Field field, Comparison comparison, BigDecimal value) implements Filter {}

    /** Compares a time. */
    record TimeIs(Field field, Comparison comparison, Instant value) implements Filter {}

    /** Compares a flag. */
    record FlagIs(Field field, boolean value) implements Filter {}

    /** Whether the field has a value; an empty list has none. */
    record Present(Field field, boolean present) implements Filter {}

    /** How text is compared; {@link #GLOB} knows {@code *} only. */
    enum TextMatch {
        EQUAL,
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH,
        GLOB
    }

    /** How a field is compared with a set. {@link #ALL_OF} is for list columns. */
    enum SetMatch {
        ANY_OF,
        NONE_OF,
        ALL_OF
    }

    /** The usual order. */
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** Both filters. */
    static Filter and(Filter left, Filter right) {
        if (left.equals(ALL)) {
            return right;
        }
        return right.equals(ALL) ? left : new And(List.of(left, right));
    }
}
