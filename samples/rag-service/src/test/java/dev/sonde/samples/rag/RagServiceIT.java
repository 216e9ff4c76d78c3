package dev.sonde.samples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.CollectedScore;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the service's jar as a user would, under the agent and without. */
class RagServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAR = Path.of("target", "rag-service.jar").toAbsolutePath();
    private static final Path AGENT = Path.of("..", "..", "agent", "target", "sonde-agent.jar")
            .toAbsolutePath()
            .normalize();
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();
    private static final OtlpCollector COLLECTOR = OtlpCollector.start();
    private static final String QUESTION =
            "What are the opening hours of the lighthouse, and why does its lamp show green?";
    private static final String ANSWER = "The Brandholm lamp shows green because the white light was mistaken for the"
            + " harbour of Holm by three ships in 1902. The opening hours of the lighthouse are 10:00 to 17:00, daily"
            + " from May to September.";

    @AfterAll
    static void close() {
        PROVIDER.close();
        COLLECTOR.close();
    }

    @AfterEach
    void nothingLeft() {
        try {
            COLLECTOR.assertNothingLeft();
        } finally {
            COLLECTOR.reset();
        }
    }

    @Test
    void withoutTheAgent_answersAndSaysNothingElse() throws Exception {
        Process process = start(List.of("-jar", JAR.toString(), "ask", QUESTION));

        assertThat(output(process)).isEqualTo(ANSWER + "\n");
        assertThat(process.exitValue()).isZero();
        assertThat(COLLECTOR.requests()).isEmpty();
    }

    @Test
    void underTheAgent_makesOneTraceOverSeveralThreads() throws Exception {
        assertThat(AGENT).isRegularFile();

        Process process =
                start(List.of("-javaagent:" + AGENT, "-jar", JAR.toString(), "ask", QUESTION, "ada", "tour-1"));

        assertThat(output(process)).startsWith(ANSWER + "\ntrace: " + COLLECTOR.baseUrl());
        assertTrace(withoutCorpus(COLLECTOR.take(8)), "ada", "tour-1");
    }

    @Test
    void serving_answersOverHttpAndTracesEachRequest() throws Exception {
        assertThat(AGENT).isRegularFile();
        Process process = start(List.of("-javaagent:" + AGENT, "-jar", JAR.toString()));
        try {
            URI base = URI.create(listeningLine(process).substring("listening on ".length()));
            JsonNode answer = ask(base, "{\"question\":\"" + QUESTION + "\",\"user\":\"bo\",\"session\":\"tour-2\"}");

            assertThat(answer.path("answer").asText()).isEqualTo(ANSWER);
            assertThat(answer.path("sources")).hasSize(4);
            List<CollectedObservation> trace = withoutCorpus(COLLECTOR.take(8));
            assertTrace(trace, "bo", "tour-2");
            assertThat(answer.path("trace").asText()).endsWith(trace.get(0).traceId());
            assertThat(status(base, "no JSON")).isEqualTo(400);
            assertThat(status(base, "{}")).isEqualTo(400);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusedQuestion_asksNoModel() throws Exception {
        PROVIDER.reset();
        Process process = start(List.of("-jar", JAR.toString(), "ask", "My card is 4111 1111 1111 1111. What now?"));

        assertThat(output(process)).isEqualTo("The question seems to contain a card number.\n");
        assertThat(PROVIDER.requests()).isEmpty();
    }

    /** The question's trace; the other one is the corpus, embedded once as the service starts. */
    private static List<CollectedObservation> withoutCorpus(List<CollectedObservation> both) {
        CollectedObservation corpus = both.stream()
                .filter(observation ->
                        observation.parentId() == null && observation.type().equals("embedding"))
                .findFirst()
                .orElseThrow();
        assertThat(corpus.input()).contains("Puffins");
        assertThat(corpus.userId()).isNull();
        return both.stream().filter(observation -> observation != corpus).toList();
    }

    private static void assertTrace(List<CollectedObservation> trace, String user, String session) {
        Map<String, CollectedObservation> byId =
                trace.stream().collect(Collectors.toMap(CollectedObservation::id, Function.identity()));
        assertThat(trace)
                .extracting(observation -> observation.type() + " " + observation.name() + " < "
                        + (observation.parentId() == null
                                ? "nothing"
                                : byId.get(observation.parentId()).name()))
                .containsExactlyInAnyOrder(
                        "agent answer-question < nothing",
                        "guardrail check-question < answer-question",
                        "retriever retrieve < answer-question",
                        "embedding embeddings AllMiniLmL6V2 < retrieve",
                        "generation chat gpt-4o-mini < answer-question",
                        "tool opening-hours < answer-question",
                        "generation chat gpt-4o-mini < answer-question");
        assertThat(trace)
                .extracting(CollectedObservation::traceId)
                .containsOnly(trace.get(0).traceId());
        assertThat(trace).extracting(CollectedObservation::userId).containsOnly(user);
        assertThat(trace).extracting(CollectedObservation::sessionId).containsOnly(session);
        assertThat(trace).extracting(CollectedObservation::level).containsOnly("DEFAULT");
        assertThat(trace.stream().map(observation -> observation.attributes().get("thread.name")))
                .doesNotContainNull()
                .hasSize(7)
                .satisfies(threads -> assertThat(threads.stream().distinct()).hasSize(3));
        assertThat(trace)
                .filteredOn(observation -> observation.type().equals("generation"))
                .allSatisfy(generation -> {
                    assertThat(generation.usage()).containsKeys("input", "output", "total");
                    assertThat(generation.model()).isEqualTo("gpt-4o-mini");
                });
        CollectedScore score = COLLECTOR.takeScores(1).get(0);
        assertThat(score.name()).isEqualTo("groundedness");
        assertThat(score.value().asDouble()).isBetween(0.5, 1.0);
        assertThat(score.traceId()).isEqualTo(trace.get(0).traceId());
    }

    private static String listeningLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        if (line.startsWith("[sonde] on: ")) {
            line = reader.readLine();
        }
        assertThat(line).startsWith("listening on ");
        return line;
    }

    /** Everything the process prints until it ends, but for the agent's line that it is there. */
    private static String output(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replaceFirst("(?m)^\\[sonde] on: .*\n", "");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static JsonNode ask(URI base, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(base, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static int status(URI base, String body) throws IOException, InterruptedException {
        return post(base, body).statusCode();
    }

    private static HttpResponse<String> post(URI base, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(base.resolve("/ask"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "OPENAI_API_KEY", "test",
                        "OPENAI_BASE_URL", PROVIDER.baseUrl().toString(),
                        "PORT", "0",
                        "LANGFUSE_BASE_URL", COLLECTOR.baseUrl().toString(),
                        "LANGFUSE_PUBLIC_KEY", "pk",
                        "LANGFUSE_SECRET_KEY", "sk"));
        return builder.start();
    }
}
