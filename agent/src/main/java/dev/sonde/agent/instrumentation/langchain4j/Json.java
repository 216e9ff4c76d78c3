package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.JsonText;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the text of one JSON object, member by member. For one thread. */
public final class Json {
    private final StringBuilder text = new StringBuilder("{");

    /** Adds a member whose value is JSON text already; nothing for null. */
    public Json raw(String name, @Nullable CharSequence json) {
        if (json != null) {
            JsonText.appendQuoted(text.append(text.length() == 1 ? "" : ","), name)
                    .append(':')
                    .append(json);
        }
        return this;
    }

    /** Adds a string; nothing for null. */
    public Json text(String name, @Nullable String value) {
        return value == null ? this : raw(name, quoted(value));
    }

    /** Adds a value of the JDK's types as {@link #of} writes it; nothing for null and what has no JSON. */
    public Json value(String name, @Nullable Object value) {
        return raw(name, of(value));
    }

    /** Whether it has no member. */
    public boolean isEmpty() {
        return text.length() == 1;
    }

    @Override
    public String toString() {
        return text + "}";
    }

    /** The text as a JSON string. */
    public static String quoted(String value) {
        return JsonText.appendQuoted(new StringBuilder(), value).toString();
    }

    /** Numbers, truth values, texts, enumerations in lower case, and collections and maps of these; null for all else. */
    public static @Nullable String of(@Nullable Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof CharSequence) {
            return quoted(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return quoted(constant.name().toLowerCase(Locale.ROOT));
        }
        if (value instanceof Collection<?> elements) {
            return array(elements);
        }
        if (value instanceof Map<?, ?> members) {
            Json object = new Json();
            members.forEach((name, member) -> object.value(String.valueOf(name), member));
            return object.toString();
        }
        return null;
    }

    private static String array(Collection<?> elements) {
        StringBuilder array = new StringBuilder("[");
        for (Object element : elements) {
            String json = of(element);
            array.append(array.length() == 1 ? "" : ",").append(json == null ? "null" : json);
        }
        return array.append(']').toString();
    }
}
