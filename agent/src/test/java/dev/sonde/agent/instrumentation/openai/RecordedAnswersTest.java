package dev.sonde.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.testkit.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real answers, read from the folder that {@code OPENAI_RECORDINGS} names; skipped without one. */
class RecordedAnswersTest {
    private static final JsonMapper JSON = ObjectMappers.jsonMapper();
    private static final Object OPTIONS = new OpenAiObservationsTest.Options();

    static List<Path> recordings() throws IOException {
        String folder = System.getenv("OPENAI_RECORDINGS");
        if (folder == null) {
            return List.of(Path.of("none"));
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".http"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void answered_agreesWithTheRecording(Path file) throws Exception {
        assumeThat(file).exists();
        Recording recording = Recording.read(file);
        assumeThat(recording.path()).isIn("chat/completions", "responses");
        assumeThat(recording.status()).isEqualTo(200);
        boolean chat = recording.path().equals("chat/completions");
        Endpoint endpoint = chat ? new ChatEndpoint() : new ResponsesEndpoint();

        Answered answered = recording.contentType().startsWith("text/event-stream")
                ? folded(endpoint, chat, recording)
                : endpoint.answered(
                        OPTIONS, read(recording.responseBody(), chat ? ChatCompletion.class : Response.class));

        JsonNode whole = whole(recording);
        assertThat(answered.id()).isEqualTo(whole.path("id").asText());
        assertThat(answered.model()).isEqualTo(whole.path("model").asText());
        assertThat(answered.output()).isNotNull();
        assertThat(JSON.readTree(answered.output()).isContainerNode()).isTrue();
        assertThat(answered.finishReasons()).isNotEmpty();
        assertThat(answered.error()).isNull();
        assertUsage(answered.usage(), whole.path("usage"));
        Asked asked = endpoint.asked(recording.requestBody(), false);
        assertThat(asked.input()).isNotNull();
        assertThat(JSON.readTree(asked.parameters()).isObject()).isTrue();
    }

    private static Answered folded(Endpoint endpoint, boolean chat, Recording recording) throws IOException {
        Fold fold = endpoint.fold(OPTIONS);
        for (String data : data(recording)) {
            fold.add(read(data, chat ? ChatCompletionChunk.class : ResponseStreamEvent.class));
        }
        return fold.answered();
    }

    private static Object read(String json, Class<?> type) throws IOException {
        return JSON.readValue(json, type);
    }

    /** The answer itself, or the part of the stream that says most about it. */
    private static JsonNode whole(Recording recording) throws IOException {
        if (!recording.contentType().startsWith("text/event-stream")) {
            return JSON.readTree(recording.responseBody());
        }
        List<String> data = data(recording);
        JsonNode last = JSON.readTree(data.get(data.size() - 1));
        return last.has("response") ? last.get("response") : last;
    }

    private static List<String> data(Recording recording) {
        List<String> data = new ArrayList<>();
        for (String line : recording.responseBody().split("\n")) {
            if (line.startsWith("data: {")) {
                data.add(line.substring("data: ".length()));
            }
        }
        return data;
    }

    /** Every token is in exactly one bucket. */
    private static void assertUsage(Map<String, Long> buckets, JsonNode usage) {
        if (!usage.isObject()) {
            assertThat(buckets).isEmpty();
            return;
        }
        long total = usage.path("total_tokens").asLong();
        assertThat(buckets).containsEntry("total", total);
        assertThat(buckets.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2 * total);
    }
}
