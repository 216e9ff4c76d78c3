package dev.sonde.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Options of further projects: {@code project.<name>.public-key}, {@code .secret-key} and {@code .host}. */
final class ProjectOptions {

    private ProjectOptions() {}

    /** @throws IllegalArgumentException when a named project lacks a key */
    static Map<String, RuntimeConfig.Project> read(List<String> names, UnaryOperator<@Nullable String> options) {
        Map<String, RuntimeConfig.Project> projects = new LinkedHashMap<>();
        for (String name : names) {
            projects.put(
                    name,
                    new RuntimeConfig.Project(
                            needed(name, "public-key", options),
                            needed(name, "secret-key", options),
                            options.apply(option(name, "host"))));
        }
        return projects;
    }

    private static String needed(String name, String option, UnaryOperator<@Nullable String> options) {
        String value = options.apply(option(name, option));
        if (value == null) {
            throw new IllegalArgumentException(
                    option(name, option) + " is not configured, though projects names " + name);
        }
        return value;
    }

    private static String option(String name, String option) {
        return "project." + name + "." + option;
    }

    static RuntimeConfig apply(RuntimeConfig config, RuntimeConfig.Project project) {
        String host = project.host();
        return new RuntimeConfig(
                config.enabled(),
                host == null ? config.host() : host,
                project.publicKey(),
                project.secretKey(),
                config.environment(),
                config.release(),
                config.serviceName(),
                config.captureInput(),
                config.captureOutput(),
                config.flushAt(),
                config.flushIntervalMillis(),
                config.queueCapacity(),
                config.queueMaxBytes(),
                config.retryWindowMillis(),
                config.spoolDirectory(),
                config.spoolMaxBytes(),
                config.shutdownTimeoutMillis(),
                config.jmx(),
                config.captureMaxChars(),
                config.mediaUpload(),
                config.sampleRate(),
                config.masks(),
                config.processors(),
                config.observe(),
                config.adopt(),
                config.propagateTo(),
                Map.of(),
                config.adoptTraceId(),
                config.dedup(),
                config.jdbcVectors());
    }
}
