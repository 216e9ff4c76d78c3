package dev.sonde.runtime.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Wire attributes by name, immutable. Values are String, Long, Double, Boolean or a list of strings. Used for what holds
 * for a whole trace: user, session, tags, metadata, version.
 */
public final class Attributes {

    /** Nothing set. */
    public static final Attributes NONE = new Attributes(Map.of(), false);

    /** The one attribute whose values add up instead of replacing each other. */
    private static final String TAGS = "langfuse.trace.tags";

    private final Map<String, Object> values;
    private final boolean baggage;

    private Attributes(Map<String, Object> values, boolean baggage) {
        this.values = values;
        this.baggage = baggage;
    }

    /** These, to be handed on to other processes. */
    public Attributes asBaggage() {
        return new Attributes(values, true);
    }

    /** Whether they are handed on to other processes. */
    public boolean isBaggage() {
        return baggage;
    }

    /** These and one more; later values replace earlier ones, tags add up. */
    public Attributes with(String name, Object value) {
        Map<String, Object> grown = new LinkedHashMap<>(values);
        grown.merge(name, value, (before, after) -> name.equals(TAGS) ? union(before, after) : after);
        return new Attributes(grown, baggage);
    }

    /** These, overlaid by others. */
    public Attributes with(Attributes others) {
        if (others.values.isEmpty()) {
            return this;
        }
        if (values.isEmpty()) {
            return others;
        }
        Attributes result = this;
        for (Map.Entry<String, Object> entry : others.values.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue());
        }
        return others.baggage ? result.asBaggage() : result;
    }

    /** Values by name, in order of setting; not to be changed. */
    public Map<String, Object> values() {
        return values;
    }

    private static List<String> union(Object before, Object after) {
        Set<String> all = new TreeSet<>();
        add(all, before);
        add(all, after);
        return new ArrayList<>(all);
    }

    private static void add(Set<String> all, Object tags) {
        if (tags instanceof Collection<?> many) {
            many.forEach(tag -> all.add(String.valueOf(tag)));
        } else {
            all.add(String.valueOf(tags));
        }
    }
}
