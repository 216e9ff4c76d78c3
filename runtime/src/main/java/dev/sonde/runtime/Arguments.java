package dev.sonde.runtime;

import dev.sonde.runtime.ObservedMethod.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which arguments of a method are recorded as its input, and by which names. */
final class Arguments {

    private static final String REDACTED = "***";

    /** One recorded argument. */
    private record Recorded(int index, String name, boolean redacted) {}

    private final List<Recorded> recorded = new ArrayList<>();
    private final boolean bare;

    Arguments(List<Parameter> parameters) {
        boolean some = parameters.stream().anyMatch(p -> p.attribute("Input", "value") != null);
        boolean named = false;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            String own = parameter.attribute("Input", "value");
            boolean left = some ? own == null : parameter.attribute("NoCapture", "value") != null;
            if (!left) {
                String name = own == null || own.isEmpty() ? parameter.name() : own;
                named |= own != null && !own.isEmpty();
                recorded.add(new Recorded(i, name, parameter.attribute("Redact", "value") != null));
            }
        }
        this.bare = recorded.size() == 1 && !named && (some || parameters.size() == 1);
    }

    /** Whether nothing is recorded of any call. */
    boolean isEmpty() {
        return recorded.isEmpty();
    }

    /** The input of one call: the one argument, or all by name. */
    @Nullable
    Object of(@Nullable Object[] arguments) {
        if (bare) {
            return value(recorded.get(0), arguments);
        }
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        for (Recorded one : recorded) {
            byName.put(one.name(), value(one, arguments));
        }
        return byName;
    }

    private static @Nullable Object value(Recorded one, @Nullable Object[] arguments) {
        Object value = arguments[one.index()];
        return value != null && one.redacted() ? REDACTED : value;
    }
}
