package dev.sonde.agent;

import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The few options that are needed before the runtime is loaded. The runtime reads all of them, these included, by the
 * same rule: agent argument, system property {@code sonde.*}, environment {@code SONDE_*}, environment {@code
 * LANGFUSE_*}.
 */
final class AgentOptions {

    private static final String DEFAULT_HOST = "http://localhost:3000";

    private final @Nullable String argument;

    private AgentOptions(@Nullable String argument) {
        this.argument = argument;
    }

    static AgentOptions of(@Nullable String argument) {
        return new AgentOptions(argument);
    }

    boolean enabled() {
        String value = value("enabled", "LANGFUSE_TRACING_ENABLED");
        return value == null
                || switch (value.toLowerCase(Locale.ROOT)) {
                    case "false", "0", "no", "off" -> false;
                    default -> true;
                };
    }

    /** Whether searches by nearness in SQL are observed; anything but yes is no. */
    boolean jdbcVectors() {
        String value = value("jdbc-vectors", "");
        return value != null
                && switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "1", "yes", "on" -> true;
                    default -> false;
                };
    }

    boolean hasKeys() {
        return value("public-key", "LANGFUSE_PUBLIC_KEY") != null && value("secret-key", "LANGFUSE_SECRET_KEY") != null;
    }

    String host() {
        String host = value("host", "LANGFUSE_BASE_URL");
        if (host == null) {
            host = environment("LANGFUSE_HOST");
        }
        return host == null ? DEFAULT_HOST : host;
    }

    /** The option's entries, separated by semicolons, commas or spaces; none where it is not set. */
    String[] list(String key) {
        String value = value(key, "");
        if (value == null) {
            return new String[0];
        }
        StringTokenizer entries = new StringTokenizer(value, ";, ");
        String[] list = new String[entries.countTokens()];
        for (int i = 0; i < list.length; i++) {
            list[i] = entries.nextToken();
        }
        return list;
    }

    private @Nullable String value(String key, String langfuseVariable) {
        String value = fromArgument(key);
        if (value == null) {
            value = presentOrNull(System.getProperty("sonde." + key));
        }
        if (value == null) {
            value = environment("SONDE_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return value == null && !langfuseVariable.isEmpty() ? environment(langfuseVariable) : value;
    }

    /** Finds {@code key} in {@code key=value,key=value}. */
    private @Nullable String fromArgument(String key) {
        if (argument == null) {
            return null;
        }
        int start = 0;
        while (start < argument.length()) {
            int end = argument.indexOf(',', start);
            end = end < 0 ? argument.length() : end;
            String pair = argument.substring(start, end).trim();
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).trim().equals(key)) {
                return presentOrNull(pair.substring(equals + 1));
            }
            start = end + 1;
        }
        return null;
    }

    private static @Nullable String environment(String name) {
        return presentOrNull(System.getenv(name));
    }

    private static @Nullable String presentOrNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }
}
