package dev.sonde.benchmarks;

import dev.sonde.benchmarks.programs.BraveCalls;
import dev.sonde.benchmarks.programs.Calls;
import dev.sonde.benchmarks.programs.DatadogCalls;
import dev.sonde.benchmarks.programs.FloorCalls;
import dev.sonde.benchmarks.programs.OpenTelemetryCalls;
import dev.sonde.benchmarks.programs.OpenTelemetrySdkCalls;
import dev.sonde.benchmarks.programs.PlainCalls;
import dev.sonde.benchmarks.programs.SondeCalls;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is measured: its calls, the libraries they need, and how its JVM is told. Tracing alone is on for each of them; what
 * an agent also does by default (metrics, logs, telemetry of its own) is off, so real installations cost more.
 */
enum Contestant {
    NONE("no agent", PlainCalls.class),
    FLOOR("hand-written floor", FloorCalls.class),
    SONDE_OFF("Sonde, switched off", SondeCalls.class, "sonde-annotations"),
    SONDE("Sonde", SondeCalls.class, "sonde-annotations"),
    OPEN_TELEMETRY("OpenTelemetry agent", OpenTelemetryCalls.class, Contestant.OPEN_TELEMETRY_API),
    OPEN_TELEMETRY_CONTENT("OpenTelemetry agent, content on", OpenTelemetryCalls.class, Contestant.OPEN_TELEMETRY_API),
    DATADOG("Datadog agent", DatadogCalls.class, "dd-trace-api"),
    OPEN_TELEMETRY_SDK("OpenTelemetry SDK by hand", OpenTelemetrySdkCalls.class, "opentelemetry-"),
    BRAVE("Brave by hand", BraveCalls.class, "brave-|zipkin-");

    private static final String OPEN_TELEMETRY_API =
            "opentelemetry-instrumentation-annotations|opentelemetry-api|opentelemetry-context|opentelemetry-common";

    private final String label;
    private final Class<? extends Calls> calls;
    private final String libraries;

    Contestant(String label, Class<? extends Calls> calls) {
        this(label, calls, "");
    }

    Contestant(String label, Class<? extends Calls> calls, String libraries) {
        this.label = label;
        this.calls = calls;
        this.libraries = libraries;
    }

    /** As people read it. */
    String label() {
        return label;
    }

    /** The class of its calls. */
    String calls() {
        return calls.getName();
    }

    /** What the names of its libraries begin with. */
    List<String> libraries() {
        return libraries.isEmpty() ? List.of() : List.of(libraries.split("\\|", -1));
    }

    /** What its JVM is started with. */
    List<String> jvmArguments(Place place, int port) {
        String sink = "http://127.0.0.1:" + port;
        return switch (this) {
            case NONE, FLOOR, OPEN_TELEMETRY_SDK, BRAVE -> List.of();
            case SONDE_OFF -> sonde(place, sink, false);
            case SONDE -> sonde(place, sink, true);
            case OPEN_TELEMETRY -> openTelemetry(place, sink, List.of("-Dotel.logs.exporter=none"));
            case OPEN_TELEMETRY_CONTENT ->
                openTelemetry(
                        place,
                        sink,
                        // it writes messages as log records
                        List.of(
                                "-Dotel.logs.exporter=otlp",
                                "-Dotel.instrumentation.genai.capture-message-content=true"));
            case DATADOG ->
                List.of(
                        "-javaagent:" + place.peer("dd-java-agent"),
                        "-Ddd.trace.agent.url=" + sink,
                        "-Ddd.service=benchmarks",
                        "-Ddd.instrumentation.telemetry.enabled=false",
                        "-Ddd.remote_config.enabled=false",
                        "-Ddd.jmxfetch.enabled=false",
                        "-Ddd.profiling.enabled=false",
                        "-Ddd.appsec.enabled=false",
                        "-Ddd.runtime.metrics.enabled=false",
                        "-Ddd.trace.startup.logs=false");
        };
    }

    private static List<String> sonde(Place place, String sink, boolean enabled) {
        return List.of(
                "-javaagent:" + place.sonde(),
                "-Dsonde.enabled=" + enabled,
                "-Dsonde.host=" + sink,
                "-Dsonde.public-key=pk-lf-benchmark",
                "-Dsonde.secret-key=sk-lf-benchmark");
    }

    private static List<String> openTelemetry(Place place, String sink, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "-javaagent:" + place.peer("opentelemetry-javaagent"),
                "-Dotel.service.name=benchmarks",
                "-Dotel.exporter.otlp.protocol=http/protobuf",
                "-Dotel.exporter.otlp.endpoint=" + sink,
                "-Dotel.metrics.exporter=none"));
        arguments.addAll(more);
        return arguments;
    }
}
