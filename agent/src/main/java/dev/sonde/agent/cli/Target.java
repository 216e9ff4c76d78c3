package dev.sonde.agent.cli;

import dev.sonde.runtime.ConfiguredOption;
import dev.sonde.runtime.RuntimeConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An application that is examined: a class path, and the places its options come from.
 *
 * @param entries class path entries, directories or jars, in order
 * @param argument the agent's argument, empty for none
 * @param properties system properties by name
 * @param environment variables by name
 * @param notes what could not be found out, a sentence each
 */
record Target(
        List<String> entries,
        String argument,
        Map<String, String> properties,
        Map<String, String> environment,
        List<String> notes) {

    Target {
        entries = List.copyOf(entries);
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
        notes = List.copyOf(notes);
    }

    /** A class path, as if it was run from here: with this process's properties and environment. */
    static Target here(List<String> entries, String argument) {
        Map<String, String> properties = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name));
        }
        return new Target(entries, argument, properties, System.getenv(), List.of());
    }

    /**
     * Every option with its source.
     *
     * @throws IllegalArgumentException for the first value that breaks its rule
     */
    List<ConfiguredOption> options() {
        return RuntimeConfig.explain(arguments(), properties, environment);
    }

    private Map<String, String> arguments() {
        Map<String, String> arguments = new HashMap<>();
        for (String pair : argument.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                arguments.put(
                        pair.substring(0, equals).trim(),
                        pair.substring(equals + 1).trim());
            }
        }
        return arguments;
    }
}
