package dev.sonde.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Attributes in one array: name, value, name, value …, null behind the last. */
final class Slots {

    private Slots() {}

    /** The array with the attribute in it, which replaces an earlier one of that name. */
    static @Nullable Object[] put(@Nullable Object @Nullable [] present, String name, Object value) {
        @Nullable Object[] slots = present == null ? new Object[8] : present;
        int i = 0;
        while (i < slots.length && slots[i] != null && !name.equals(slots[i])) {
            i += 2;
        }
        if (i == slots.length) {
            slots = Arrays.copyOf(slots, i * 2);
        }
        slots[i] = name;
        slots[i + 1] = value;
        return slots;
    }

    /** The attribute of that name, or null. */
    static @Nullable Object get(@Nullable Object @Nullable [] slots, String name) {
        for (int i = 0; slots != null && i < slots.length && slots[i] != null; i += 2) {
            if (name.equals(slots[i])) {
                return slots[i + 1];
            }
        }
        return null;
    }

    /** Takes the attribute out, by putting the last in its place. */
    static void remove(@Nullable Object @Nullable [] slots, String name) {
        int found = -1;
        int last = -1;
        for (int i = 0; slots != null && i < slots.length && slots[i] != null; i += 2) {
            found = name.equals(slots[i]) ? i : found;
            last = i;
        }
        if (slots != null && found >= 0) {
            slots[found] = slots[last];
            slots[found + 1] = slots[last + 1];
            slots[last] = null;
            slots[last + 1] = null;
        }
    }

    /** Adds the attributes to a map. */
    static void addTo(Map<String, Object> fields, @Nullable Object @Nullable [] slots) {
        for (int i = 0; slots != null && i < slots.length && slots[i] != null; i += 2) {
            fields.put((String) slots[i], Objects.requireNonNull(slots[i + 1]));
        }
    }

    /** The attributes of a map. */
    static @Nullable Object[] of(Map<String, Object> fields) {
        @Nullable Object[] slots = new Object[fields.size() * 2];
        int i = 0;
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            slots[i++] = field.getKey();
            slots[i++] = field.getValue();
        }
        return slots;
    }
}
