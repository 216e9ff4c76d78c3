package dev.sonde.agent.stores;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stores are asked and answer as JSON of bounded size: a vector as its dimension, a long text as its
 * beginning, a long list as its first items, a message of Protocol Buffers by its fields.
 */
public final class StoreJson {
    private static final int TEXT = 4_000;
    private static final int ITEMS = 100;
    private static final int DEPTH = 12;

    /** A list of so many numbers is taken for a vector wherever it stands. */
    private static final int VECTOR = 17;

    private StoreJson() {}

    /** Maps, collections, arrays, messages and plain values by what they hold; anything else as its text. */
    public static String of(@Nullable Object value) {
        return of(value, DEPTH);
    }

    /** A vector by its dimension; a list of vectors by theirs; what is neither as {@link #of}. */
    public static String vector(@Nullable Object vector) {
        List<?> items = items(vector);
        if (items == null || items.isEmpty()) {
            return of(vector);
        }
        return items.get(0) instanceof Number ? dimension(items.size()) : list(items.size(), i -> vector(items.get(i)));
    }

    /** JSON text in which vectors, long texts and long lists are shortened likewise. */
    public static String condensed(String json) {
        return condensed("", json, DEPTH);
    }

    private static String condensed(String name, String json, int depth) {
        if (json.startsWith("\"")) {
            return json.length() <= TEXT ? json : text(JsonText.string(json));
        }
        if (depth == 0 && json.length() > 2) {
            return "\"…\"";
        }
        if (json.startsWith("{")) {
            Map<String, String> members = new LinkedHashMap<>();
            JsonText.fields(json).forEach((key, value) -> members.put(key, condensed(key, value, depth - 1)));
            return JsonText.object(members);
        }
        if (!json.startsWith("[")) {
            return json;
        }
        List<String> items = JsonText.elements(json);
        boolean numbers = !items.isEmpty() && items.stream().allMatch(StoreJson::isNumber);
        return numbers && (items.size() >= VECTOR || name.contains("vector"))
                ? dimension(items.size())
                : list(items.size(), i -> condensed("", items.get(i), depth - 1));
    }

    private static boolean isNumber(String json) {
        char first = json.charAt(0);
        return first == '-' || (first >= '0' && first <= '9');
    }

    /** What a vector of this dimension is told by. */
    public static String dimension(long numbers) {
        return "{\"dimension\":" + numbers + "}";
    }

    /** The text as a JSON string, or its beginning with the number of characters that are left out. */
    public static String text(CharSequence text) {
        if (text.length() <= TEXT) {
            return JsonText.quoted(text);
        }
        int cut = Character.isHighSurrogate(text.charAt(TEXT - 1)) ? TEXT - 1 : TEXT;
        return JsonText.quoted(text.subSequence(0, cut) + "… (" + (text.length() - cut) + " more)");
    }

    static String of(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence text) {
            return text(text);
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (depth == 0) {
            return "\"…\"";
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        List<?> items = items(value);
        if (items != null) {
            return isVector(items) ? dimension(items.size()) : list(items.size(), i -> of(items.get(i), depth - 1));
        }
        if (value.getClass().isRecord()) {
            return record(value, depth);
        }
        String message = Messages.json(value, depth);
        return message == null ? text(value.toString()) : message;
    }

    /** A JSON array of so many items, or of the first of them and a note of the rest. */
    static String list(int size, IntFunction<String> item) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < Math.min(size, ITEMS); i++) {
            json.append(i == 0 ? "" : ",").append(item.apply(i));
        }
        if (size > ITEMS) {
            json.append(",\"… (").append(size - ITEMS).append(" more)\"");
        }
        return json.append(']').toString();
    }

    /** A record of a library, without what it leaves open. */
    private static String record(Object value, int depth) {
        Map<String, String> members = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = LibraryObjects.field(value, component.getName());
            if (part instanceof Optional<?> optional) {
                part = optional.orElse(null);
            }
            if (part != null) {
                members.put(component.getName(), part.getClass().isArray() ? vector(part) : of(part, depth - 1));
            }
        }
        return JsonText.object(members);
    }

    private static String map(Map<?, ?> map, int depth) {
        Map<String, String> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (members.size() == ITEMS) {
                members.put("…", "\"" + (map.size() - ITEMS) + " more\"");
                break;
            }
            members.put(String.valueOf(entry.getKey()), of(entry.getValue(), depth - 1));
        }
        return JsonText.object(members);
    }

    private static String number(Number number) {
        String text = number.toString();
        return text.equals("NaN") || text.endsWith("Infinity") ? '"' + text + '"' : text;
    }

    private static boolean isVector(List<?> items) {
        return items.size() >= VECTOR && items.get(0) instanceof Number;
    }

    private static @Nullable List<?> items(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        if (value == null || !value.getClass().isArray()) {
            return null;
        }
        Object array = value;
        return new AbstractList<@Nullable Object>() {
            @Override
            public @Nullable Object get(int index) {
                return Array.get(array, index);
            }

            @Override
            public int size() {
                return Array.getLength(array);
            }
        };
    }
}
