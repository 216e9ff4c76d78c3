package dev.sonde.runtime.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is recorded of a call beside input and output.
 *
 * @param attribute its wire name
 * @param reach whether it holds for the observation, or also for all below it
 * @param source {@link Text}, {@link Path}, or a map of names to paths
 */
public record Setting(String attribute, Reach reach, Object source) {

    /** How far it holds. */
    public enum Reach {
        /** For this observation, as text. */
        OWN,
        /** For this observation, as text or JSON of a value. */
        OWN_VALUE,
        /** For this observation and all below, as text. */
        BELOW,
        /** A tag, or many, for this observation and all below. */
        TAGS
    }

    /** Whether it can be read only when the call has ended. */
    public boolean needsEnd() {
        if (source instanceof Map<?, ?> paths) {
            return paths.values().stream().anyMatch(path -> ((Path) path).needsEnd());
        }
        return source instanceof Text text ? text.needsEnd() : ((Path) source).needsEnd();
    }

    /** Whether it also holds for all below. */
    public boolean holdsBelow() {
        return reach == Reach.BELOW || reach == Reach.TAGS;
    }

    /** What a call says, null for nothing; a list of strings for tags. */
    public @Nullable Object in(Invocation call) {
        if (source instanceof Map<?, ?> paths) {
            Map<String, Object> values = new LinkedHashMap<>();
            paths.forEach((name, path) -> {
                Object value = ((Path) path).in(call);
                if (value != null) {
                    values.put(String.valueOf(name), value);
                }
            });
            return values.isEmpty() ? null : values;
        }
        if (source instanceof Text text) {
            String value = text.in(call);
            return value == null || value.isEmpty() ? null : reach == Reach.TAGS ? List.of(value) : value;
        }
        Object value = ((Path) source).in(call);
        return reach == Reach.TAGS ? tags(value) : value;
    }

    private static @Nullable List<String> tags(@Nullable Object value) {
        List<String> tags = new ArrayList<>();
        if (value instanceof Collection<?> many) {
            for (Object one : many) {
                if (one != null) {
                    tags.add(one.toString());
                }
            }
        } else if (value instanceof Object[] array) {
            return tags(List.of(array));
        } else if (value != null) {
            tags.add(value.toString());
        }
        return tags.isEmpty() ? null : tags;
    }
}
