package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langfuse.client.LangfuseClient;
import com.langfuse.client.core.LangfuseClientApiException;
import com.langfuse.client.resources.commons.types.CreateScoreValue;
import com.langfuse.client.resources.commons.types.DatasetItem;
import com.langfuse.client.resources.commons.types.DatasetRunWithItems;
import com.langfuse.client.resources.commons.types.ObservationsView;
import com.langfuse.client.resources.commons.types.TraceWithFullDetails;
import com.langfuse.client.resources.datasetitems.types.CreateDatasetItemRequest;
import com.langfuse.client.resources.datasetrunitems.types.CreateDatasetRunItemRequest;
import com.langfuse.client.resources.datasets.types.CreateDatasetRequest;
import com.langfuse.client.resources.ingestion.requests.IngestionRequest;
import com.langfuse.client.resources.ingestion.types.CreateGenerationBody;
import com.langfuse.client.resources.ingestion.types.CreateGenerationEvent;
import com.langfuse.client.resources.ingestion.types.IngestionEvent;
import com.langfuse.client.resources.ingestion.types.IngestionResponse;
import com.langfuse.client.resources.ingestion.types.TraceBody;
import com.langfuse.client.resources.ingestion.types.TraceEvent;
import com.langfuse.client.resources.prompts.types.CreatePromptRequest;
import com.langfuse.client.resources.prompts.types.CreateTextPromptRequest;
import com.langfuse.client.resources.prompts.types.TextPrompt;
import com.langfuse.client.resources.score.types.CreateScoreRequest;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Langfuse's own client for Java, whose types refuse an answer that lacks a field. */
class JavaClientIT {

    private static final OffsetDateTime START = OffsetDateTime.parse("2026-05-04T10:00:00.125Z");

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static LangfuseClient langfuse;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        langfuse = LangfuseClient.builder()
                .url("http://127.0.0.1:" + server.port())
                .credentials(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY)
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void traceWithAGenerationAndAScore_isReadBack() {
        String traceId = id();
        String sessionId = id();
        IngestionEvent trace = IngestionEvent.traceCreate(TraceEvent.builder()
                .id(id())
                .timestamp(START.toString())
                .body(TraceBody.builder()
                        .id(traceId)
                        .timestamp(START)
                        .name("answer")
                        .userId("ada")
                        .sessionId(sessionId)
                        .tags(List.of("b", "a"))
                        .metadata(Map.of("tier", "gold"))
                        .input(Map.of("question", "Zürich?"))
                        .build())
                .build());
        String generationId = id();
        IngestionEvent generation = IngestionEvent.generationCreate(CreateGenerationEvent.builder()
                .id(id())
                .timestamp(START.toString())
                .body(CreateGenerationBody.builder()
                        .id(generationId)
                        .traceId(traceId)
                        .name("rephrase")
                        .startTime(START)
                        .endTime(START.plusSeconds(2))
                        .model("gpt-4o")
                        .input(List.of("in"))
                        .output("out")
                        .build())
                .build());

        IngestionResponse taken = langfuse.ingestion()
                .batch(IngestionRequest.builder()
                        .batch(List.of(trace, generation))
                        .build());
        String scoreId = langfuse.score()
                .create(CreateScoreRequest.builder()
                        .name("accuracy")
                        .value(CreateScoreValue.of(0.25))
                        .traceId(traceId)
                        .observationId(generationId)
                        .build())
                .getId();

        assertThat(taken.getErrors()).isEmpty();
        assertThat(taken.getSuccesses()).hasSize(2);
        TraceWithFullDetails stored = langfuse.trace().get(traceId);
        assertThat(stored.getTimestamp()).isEqualTo(START);
        assertThat(stored.getName()).hasValue("answer");
        assertThat(stored.getUserId()).hasValue("ada");
        assertThat(stored.getSessionId()).hasValue(sessionId);
        assertThat(stored.getTags()).hasValue(List.of("a", "b"));
        assertThat(stored.getMetadata()).hasValue(Map.of("tier", "gold"));
        assertThat(stored.getInput()).hasValue(Map.of("question", "Zürich?"));
        assertThat(stored.getLatency()).isEqualTo(2.0);
        assertThat(stored.getScores()).hasSize(1);
        ObservationsView view = langfuse.observations().get(generationId);
        assertThat(view.getType()).isEqualTo("GENERATION");
        assertThat(view.getModel()).hasValue("gpt-4o");
        assertThat(view.getInput()).hasValue(List.of("in"));
        assertThat(view.getOutput()).hasValue("out");
        assertThat(langfuse.scoreV2()
                        .getById(scoreId)
                        .getNumeric()
                        .orElseThrow()
                        .getValue())
                .isEqualTo(0.25);
        assertThat(langfuse.sessions().get(sessionId).getTraces()).hasSize(1);
        assertThat(langfuse.trace().list().getMeta().getTotalItems()).isPositive();
    }

    @Test
    void prompt_isMadeAndRead() {
        String name = "folder/" + id();
        langfuse.prompts()
                .create(CreatePromptRequest.text(CreateTextPromptRequest.builder()
                        .name(name)
                        .prompt("Hello {{who}}")
                        .labels(List.of("production"))
                        .config(Map.of("model", "gpt-4o"))
                        .build()));

        TextPrompt prompt = langfuse.prompts().get(name).getText().orElseThrow();

        assertThat(prompt.getName()).isEqualTo(name);
        assertThat(prompt.getVersion()).isEqualTo(1);
        assertThat(prompt.getPrompt()).isEqualTo("Hello {{who}}");
        assertThat(prompt.getLabels()).containsExactlyInAnyOrder("production", "latest");
        assertThat(prompt.getConfig()).isEqualTo(Map.of("model", "gpt-4o"));
    }

    @Test
    void datasetItemAndRun_areMadeAndRead() {
        String name = "sets/" + id();
        langfuse.datasets()
                .create(CreateDatasetRequest.builder()
                        .name(name)
                        .description("Capitals")
                        .build());
        DatasetItem item = langfuse.datasetItems()
                .create(CreateDatasetItemRequest.builder()
                        .datasetName(name)
                        .input(Map.of("country", "Peru"))
                        .expectedOutput("Lima")
                        .build());
        String traceId = id();
        langfuse.datasetRunItems()
                .create(CreateDatasetRunItemRequest.builder()
                        .runName("run/1")
                        .datasetItemId(item.getId())
                        .traceId(traceId)
                        .build());

        assertThat(langfuse.datasets().get(name).getDescription()).hasValue("Capitals");
        DatasetItem stored = langfuse.datasetItems().get(item.getId());
        assertThat(stored.getInput()).hasValue(Map.of("country", "Peru"));
        assertThat(stored.getExpectedOutput()).hasValue("Lima");
        DatasetRunWithItems run = langfuse.datasets().getRun(name, "run/1");
        assertThat(run.getDatasetRunItems()).singleElement().satisfies(linked -> {
            assertThat(linked.getTraceId()).isEqualTo(traceId);
            assertThat(linked.getDatasetItemId()).isEqualTo(item.getId());
        });
    }

    @Test
    void whatIsMissing_isAnErrorOf404() {
        assertThatThrownBy(() -> langfuse.trace().get(id()))
                .isInstanceOfSatisfying(
                        LangfuseClientApiException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(404));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
