package dev.sonde.runtime;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the runtime behaves, read once. For each option: agent argument, then system property {@code sonde.<option>}, then
 * environment {@code SONDE_<OPTION>}, then the Langfuse variable, then the default.
 *
 * @param enabled whether anything is observed
 * @param host base URL of the server
 * @param publicKey null when no keys are configured, and then nothing is observed
 * @param flushAt observations that wake the exporter
 * @param flushIntervalMillis the longest an ended observation waits
 * @param queueCapacity observations that wait at most; more are dropped and counted
 * @param queueMaxBytes text that waits at most; more is dropped and counted
 * @param retryWindowMillis how long a batch is retried while the server is away
 * @param spoolDirectory where what cannot be sent is kept on disk; null for nowhere
 * @param spoolMaxBytes what is kept there at most
 * @param shutdownTimeoutMillis how long the JVM's end may wait for delivery
 * @param jmx whether counters are shown through JMX where the process uses that
 * @param mediaUpload whether images and the like are uploaded by themselves and not sent within texts
 * @param sampleRate share of traces that are recorded, 0 to 1
 * @param masks classes of the application that change recorded texts before they leave the process
 * @param processors classes of the application that change or drop observations before they leave the process
 * @param observe methods that are observed without an annotation, each {@code class#method:type}
 * @param adopt annotations of others that make a method observed, each {@code annotation:type}
 * @param propagateTo hosts whose requests carry the trace's id: suffixes of names, {@code local}, or {@code *}
 * @param projects further projects by name, each with keys of its own
 * @param adoptTraceId whether a trace that starts within another agent's trace takes its id
 * @param dedup what becomes of a call that a framework makes through another instrumented library: {@code merge}, {@code
 *     framework}, {@code provider} or {@code all}
 * @param jdbcVectors whether searches by nearness in SQL are observed
 * @param captureMaxChars text of one captured value; the rest is cut and said so
 */
public record RuntimeConfig(
        boolean enabled,
        String host,
        @Nullable String publicKey,
        @Nullable String secretKey,
        @Nullable String environment,
        @Nullable String release,
        String serviceName,
        boolean captureInput,
        boolean captureOutput,
        int flushAt,
        long flushIntervalMillis,
        int queueCapacity,
        long queueMaxBytes,
        long retryWindowMillis,
        @Nullable String spoolDirectory,
        long spoolMaxBytes,
        long shutdownTimeoutMillis,
        boolean jmx,
        int captureMaxChars,
        boolean mediaUpload,
        double sampleRate,
        List<String> masks,
        List<String> processors,
        List<String> observe,
        List<String> adopt,
        List<String> propagateTo,
        Map<String, Project> projects,
        boolean adoptTraceId,
        String dedup,
        boolean jdbcVectors) {

    /**
     * Another project of this or another server.
     *
     * @param host null for the process's own
     */
    public record Project(
            String publicKey, String secretKey, @Nullable String host) {}

    /** These options with another project's keys; null when no project of that name is configured. */
    public @Nullable RuntimeConfig ofProject(String name) {
        Project project = projects.get(name);
        return project == null ? null : ProjectOptions.apply(this, project);
    }

    /** Whether requests to this host carry the trace's id. */
    public boolean propagatesTo(String host) {
        return HostRules.allow(propagateTo, host);
    }

    /** Whether there is something to do and somewhere to send it. */
    public boolean active() {
        return enabled && publicKey != null && secretKey != null;
    }

    /** Reads the process's properties and environment; {@code arguments} come first. */
    public static RuntimeConfig read(Map<String, String> arguments) {
        return read(arguments, System::getProperty, System::getenv);
    }

    static RuntimeConfig read(
            Map<String, String> arguments,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> env) {
        return read(new Options(arguments, properties, env));
    }

    /**
     * How each option comes to its value, in the order they are read, defaults included; for people. A secret is among
     * them.
     *
     * @param properties system properties by name
     * @param env environment variables by name
     * @throws IllegalArgumentException as reading does, for the first value that breaks its rule
     */
    public static List<ConfiguredOption> explain(
            Map<String, String> arguments, Map<String, String> properties, Map<String, String> env) {
        Options options = new Options(arguments, properties::get, env::get);
        read(options);
        return options.asked();
    }

    private static RuntimeConfig read(Options options) {
        boolean captures = options.flag("capture", true, "LANGFUSE_OBSERVE_DECORATOR_IO_CAPTURE_ENABLED");
        return new RuntimeConfig(
                options.flag("enabled", true, "LANGFUSE_TRACING_ENABLED"),
                host(options.text("host", "http://localhost:3000", "LANGFUSE_BASE_URL", "LANGFUSE_HOST")),
                options.find("public-key", "LANGFUSE_PUBLIC_KEY"),
                options.find("secret-key", "LANGFUSE_SECRET_KEY"),
                options.find("environment", "LANGFUSE_TRACING_ENVIRONMENT"),
                options.find("release", "LANGFUSE_RELEASE"),
                options.text("service-name", "unknown_service:java", "OTEL_SERVICE_NAME"),
                options.flag("capture-input", captures),
                options.flag("capture-output", captures),
                (int) options.number("flush-at", 512, 1, 1 << 20),
                options.number("flush-interval-millis", 1_000, 1, 3_600_000),
                (int) options.number("queue-capacity", 65_536, 16, 1 << 24),
                options.number("queue-max-bytes", 64L << 20, 1 << 16, 1L << 40),
                options.number("retry-window-millis", 300_000, 0, 86_400_000),
                options.find("spool-directory"),
                options.number("spool-max-bytes", 256L << 20, 1 << 20, 1L << 40),
                options.number("shutdown-timeout-millis", 5_000, 0, 600_000),
                options.flag("jmx", true),
                (int) options.number("capture-max-chars", 1 << 20, 64, 1 << 28),
                options.flag("media-upload", true, "LANGFUSE_MEDIA_UPLOAD_ENABLED"),
                options.share("sample-rate", 1, "LANGFUSE_SAMPLE_RATE"),
                options.list("masks"),
                options.list("processors"),
                options.list("observe"),
                options.list("adopt"),
                options.list("propagate-to", "local"),
                ProjectOptions.read(options.list("projects"), options::find),
                options.flag("adopt-trace-id", true),
                options.choice("dedup", List.of("merge", "framework", "provider", "all")),
                options.flag("jdbc-vectors", false));
    }

    private static String host(String value) {
        String trimmed = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        try {
            URI uri = URI.create(trimmed);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return trimmed;
            }
        } catch (IllegalArgumentException e) {
            // answered below, with the rule
        }
        throw new IllegalArgumentException("host: " + value + " (expected: an http or https URL)");
    }
}
