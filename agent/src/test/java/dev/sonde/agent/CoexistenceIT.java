package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.traced.Traced;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside another agent, whichever comes first: both do their work, and ours joins the other's trace. */
class CoexistenceIT {

    private static final Path AGENTS = Path.of("target", "other-agents").toAbsolutePath();
    private static final Path OPEN_TELEMETRY = AGENTS.resolve("opentelemetry-javaagent.jar");
    private static final Path DATADOG = AGENTS.resolve("dd-java-agent.jar");

    /** A log line of that level, or of a stack trace. */
    private static final Pattern BAD = Pattern.compile("\\] (ERROR|WARN) |^(Caused by|Exception|\\s+at) ");

    private OtlpCollector collector;
    private OpenAiProvider provider;

    @BeforeEach
    void start() {
        collector = OtlpCollector.start();
        provider = OpenAiProvider.start().answerAlways(Answer.text("blue"));
    }

    @AfterEach
    void stop() {
        collector.assertNothingLeft();
        collector.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void openTelemetry_sharesItsTraceId(boolean oursFirst) throws Exception {
        Ended ended = run(openTelemetry(), OPEN_TELEMETRY, oursFirst, "");

        assertObserved(ended, true);
        assertThat(ended.err())
                .as("the other agent's spans")
                .anyMatch(line -> line.contains("'outer' : " + foreignTrace(ended)))
                .anyMatch(line -> line.contains("'chat gpt-4o-mini' : " + foreignTrace(ended)));
        assertThat(ended.err()).as("our deliveries are not traced").noneMatch(line -> line.contains("sonde-export"));
    }

    @Test
    void openTelemetry_adoptionOff_hasItsOwnTrace() throws Exception {
        Ended ended = run(openTelemetry(), OPEN_TELEMETRY, true, ",adopt-trace-id=false");

        assertObserved(ended, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void datadog_sharesItsTraceId(boolean oursFirst) throws Exception {
        Ended ended = run(datadog(), DATADOG, oursFirst, "");

        assertObserved(ended, true);
        assertThat(ended.err())
                .as("the other agent's spans")
                .anyMatch(line -> line.contains("LoggingWriter - write(trace)") && line.contains("outer"));
        assertThat(ended.err()).as("our deliveries are not traced").noneMatch(line -> line.contains("/api/public"));
    }

    private void assertObserved(Ended ended, boolean adopts) {
        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .noneMatch(line -> BAD.matcher(line).find())
                .filteredOn(line -> line.startsWith("[sonde] "))
                .containsExactly("[sonde] on: observations go to " + collector.baseUrl());
        assertThat(ended.out()).hasSize(4).startsWith("alone").contains("blue");
        String foreign = foreignTrace(ended);
        CollectedObservation ask = collector.takeNamed("Traced.ask");
        CollectedObservation answer = collector.takeNamed("Traced.answer");
        CollectedObservation generation = collector.takeOne(one -> one.type().equals("generation"));
        List<CollectedObservation> alone = collector.take(2);
        assertThat(ask.parentId()).isNull();
        assertThat(answer.parentId()).isEqualTo(ask.id());
        assertThat(generation.parentId()).isEqualTo(answer.id());
        assertThat(generation.output()).contains("blue");
        assertThat(ask.traceId()).isEqualTo(answer.traceId()).isEqualTo(generation.traceId());
        assertThat(ask.traceId().equals(foreign)).isEqualTo(adopts);
        assertThat(alone)
                .extracting(CollectedObservation::traceId)
                .doesNotHaveDuplicates()
                .doesNotContain(foreign);
    }

    private static ChildJvm openTelemetry() {
        return ChildJvm.own()
                .option("-Dotel.traces.exporter=logging")
                .option("-Dotel.metrics.exporter=none")
                .option("-Dotel.logs.exporter=none");
    }

    private static ChildJvm datadog() {
        return ChildJvm.own()
                .option("-Ddd.writer.type=LoggingWriter")
                .option("-Ddd.trace.otel.enabled=true")
                .option("-Ddd.profiling.enabled=false")
                .option("-Ddd.jmxfetch.enabled=false")
                .option("-Ddd.remote_config.enabled=false")
                .option("-Ddd.instrumentation.telemetry.enabled=false");
    }

    private static String foreignTrace(Ended ended) {
        return ended.out().get(1).substring("trace ".length());
    }

    private Ended run(ChildJvm jvm, Path other, boolean oursFirst, String more) throws Exception {
        String argument = "public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl() + more;
        if (oursFirst) {
            jvm.agent(argument).foreignAgent(other);
        } else {
            jvm.foreignAgent(other).agent(argument);
        }
        return jvm.libraries(
                        "openai-java",
                        "annotations-13",
                        "api-",
                        "classmate",
                        "jackson-",
                        "jsonschema-",
                        "kotlin-",
                        "okhttp-",
                        "okio-",
                        "slf4j-api",
                        "swagger-annotations",
                        "error_prone_annotations",
                        "opentelemetry-")
                .run(Traced.class.getName(), provider.baseUrl().toString());
    }
}
