package dev.sonde.benchmarks;

import dev.sonde.benchmarks.programs.ChatProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What does observing an openai-java chat completion cost its caller? */
final class ChatRun {

    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
    private static final List<String> LIBRARIES = List.of(
            "openai-",
            "okhttp-",
            "okio-",
            "kotlin-",
            "annotations-",
            "jackson-",
            "swagger-",
            "jsonschema-",
            "classmate-");
    private static final double NANOS_A_MICRO = 1_000;
    private static final double BYTES_A_KILOBYTE = 1_024;

    private final Setting setting;

    ChatRun(Setting setting) {
        this.setting = setting;
    }

    /** One thread, an endpoint on this machine that answers at once. */
    Section chat() throws Exception {
        Rounds rounds = setting.interleave(
                List.of(
                        Contestant.NONE,
                        Contestant.SONDE,
                        Contestant.OPEN_TELEMETRY,
                        Contestant.OPEN_TELEMETRY_CONTENT,
                        Contestant.DATADOG),
                this::measure);
        Section section = new Section(
                        "A chat completion of openai-java",
                        "One thread, a prompt of 500 and an answer of 340 characters, from an endpoint on this machine that "
                                + "always says the same. Sonde captures prompt and answer; OpenTelemetry does where the table says "
                                + "so, and writes them as log records; Datadog as it comes.")
                .column("µs a call", 1)
                .column("added µs", 1)
                .column("added caller CPU µs", 1)
                .column("added process CPU µs", 1)
                .column("added KB", 1)
                .column("spans a call", 2);
        for (Contestant contestant : rounds.contestants()) {
            section.row(
                    contestant,
                    rounds.all(contestant, "micros"),
                    rounds.median(contestant, "micros"),
                    rounds.added(contestant, "micros"),
                    rounds.added(contestant, "callerCpuMicros"),
                    rounds.added(contestant, "processCpuMicros"),
                    rounds.added(contestant, "kilobytes"),
                    rounds.median(contestant, "spans"));
        }
        double ours = rounds.added(Contestant.SONDE, "micros");
        section.atMost("added µs a chat call, content captured", ours, 40);
        section.atMost(
                "against OpenTelemetry's agent with content",
                ours / rounds.added(Contestant.OPEN_TELEMETRY_CONTENT, "micros"),
                0.5);
        return section;
    }

    private Map<String, Double> measure(Contestant contestant) throws Exception {
        long before = setting.sink().spans();
        List<String> jvm = new ArrayList<>(HEAP);
        jvm.addAll(contestant.jvmArguments(setting.place(), setting.sink().port()));
        Map<String, Double> answers;
        try (ChildJvm child = ChildJvm.start(
                setting.place(),
                setting.place().classPath(LIBRARIES),
                jvm,
                ChatProgram.class.getName(),
                List.of(
                        "http://127.0.0.1:" + setting.sink().port() + "/v1",
                        String.valueOf(setting.quick() ? 1 : 4),
                        String.valueOf(setting.measuredSeconds())))) {
            answers = child.answers();
        }
        Map<String, Double> figures = new HashMap<>();
        figures.put("micros", answers.getOrDefault("nanos", Double.NaN) / NANOS_A_MICRO);
        figures.put("callerCpuMicros", answers.getOrDefault("callerCpuNanos", Double.NaN) / NANOS_A_MICRO);
        figures.put("processCpuMicros", answers.getOrDefault("processCpuNanos", Double.NaN) / NANOS_A_MICRO);
        figures.put("kilobytes", answers.getOrDefault("bytes", Double.NaN) / BYTES_A_KILOBYTE);
        double calls = answers.getOrDefault("operations", Double.NaN);
        figures.put("spans", (setting.sink().spans() - before) / calls);
        return figures;
    }
}
