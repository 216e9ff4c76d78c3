package dev.sonde.runtime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks options up in their order of precedence and remembers where each was found. For one thread. */
final class Options {

    private static final String DEFAULT = "default";

    private final Map<String, String> arguments;
    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> env;
    private final Map<String, ConfiguredOption> asked = new LinkedHashMap<>();

    Options(
            Map<String, String> arguments,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> env) {
        this.arguments = arguments;
        this.properties = properties;
        this.env = env;
    }

    /** Every option asked for so far, in that order. */
    List<ConfiguredOption> asked() {
        return List.copyOf(asked.values());
    }

    @Nullable
    String find(String option, String... otherVariables) {
        String source = "agent argument";
        String value = arguments.get(option);
        if (value == null) {
            source = "system property sonde." + option;
            value = properties.apply("sonde." + option);
        }
        if (value == null) {
            value = env.apply(variable(option));
            source = "environment " + variable(option);
        }
        for (int i = 0; i < otherVariables.length && value == null; i++) {
            value = env.apply(otherVariables[i]);
            source = "environment " + otherVariables[i];
        }
        String found = value == null || value.isBlank() ? null : value.strip();
        asked.put(option, new ConfiguredOption(option, found, found == null ? DEFAULT : source));
        return found;
    }

    String text(String option, String byDefault, String... otherVariables) {
        String value = find(option, otherVariables);
        return value == null ? defaulted(option, byDefault) : value;
    }

    boolean flag(String option, boolean byDefault, String... otherVariables) {
        String value = find(option, otherVariables);
        if (value == null) {
            defaulted(option, String.valueOf(byDefault));
            return byDefault;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException(option + ": " + value + " (expected: true or false)");
        };
    }

    long number(String option, long byDefault, long least, long most) {
        String value = find(option);
        if (value == null) {
            defaulted(option, String.valueOf(byDefault));
            return byDefault;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, with the rule
        }
        throw new IllegalArgumentException(option + ": " + value + " (expected: " + least + " to " + most + ")");
    }

    /** Separated by semicolons, commas or white space; an agent's argument cannot hold commas. */
    List<String> list(String option) {
        return list(option, "");
    }

    /** As {@link #list(String)}, with a default of the same form. */
    List<String> list(String option, String byDefault) {
        String value = text(option, byDefault);
        return Arrays.stream(value.split("[;,\\s]+", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** One of the given words. */
    String choice(String option, List<String> words) {
        String value = text(option, words.get(0));
        if (words.contains(value)) {
            return value;
        }
        throw new IllegalArgumentException(option + ": " + value + " (expected: " + String.join(", ", words) + ")");
    }

    /** A share, 0 to 1. */
    double share(String option, double byDefault, String... otherVariables) {
        String value = find(option, otherVariables);
        if (value == null) {
            defaulted(option, String.valueOf(byDefault));
            return byDefault;
        }
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // answered below, with the rule
        }
        throw new IllegalArgumentException(option + ": " + value + " (expected: 0 to 1)");
    }

    private String defaulted(String option, String value) {
        asked.put(option, new ConfiguredOption(option, value, DEFAULT));
        return value;
    }

    private static String variable(String option) {
        return "SONDE_" + option.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
