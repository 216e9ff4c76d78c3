package dev.sonde.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Legacy completions, images, audio and moderation, in a JVM with the real agent. */
@ParameterizedClass(name = "openai-java {0}")
@ValueSource(strings = {"4.101.0", "2.20.1", "1.6.1"})
class OpenAiMediaIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "openai-java",
            "com.example.openai.MediaApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            OpenAiInstrumentationIT::classPath);

    private static final Answer HELLO = new Answer.Scripted("Hello there, you", List.of(), Answer.Usage.of(12, 7));
    private static final Map<String, Long> BUCKETS = Map.of("input", 12L, "output", 7L, "total", 19L);
    private static final String PIXEL = "data:image/png;base64,iVBORw0KGgo";

    @Parameter
    private String version;

    @Test
    void completion_recordsPromptTextAndUsage() throws Exception {
        for (String scenario : List.of("completion", "completionAsync", "completionRaw")) {
            PROVIDER.answerNext(HELLO);

            assertThat(BENCH.play(version, scenario)).endsWith("Hello there, you");

            CollectedObservation observation = BENCH.take();
            assertCompletion(observation);
            assertThat(observation.modelParameters()).hasToString("{\"max_tokens\":64}");
            assertThat(observation.completionStart()).isNull();
        }
    }

    @Test
    void completion_streamed_recordsTheSameAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "completionStreaming")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertCompletion(observation);
        assertThat(observation.modelParameters().at("/stream").asBoolean()).isTrue();
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    @Test
    void completion_cancelled_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(BENCH.play(version, "completionStreamingCancelled")).isEqualTo("word word");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.output()).isIn("\"word word\"", "word word");
    }

    @Test
    void anyOfThem_refused_recordsTheStatusAndThrowsTheSame() throws Exception {
        for (String scenario :
                List.of("completionStreaming", "images", "imagesEditAsync", "transcription", "moderation")) {
            PROVIDER.answerNext(Answer.failure(429, "Slow down."));

            assertThat(BENCH.play(version, scenario))
                    .as(scenario)
                    .contains("RateLimitException")
                    .contains("Slow down.");

            CollectedObservation observation = BENCH.take();
            assertThat(observation.level()).as(scenario).isEqualTo("ERROR");
            assertThat(observation.message()).startsWith("HTTP 429: ").contains("Slow down.");
            assertThat(observation.input()).isNotNull();
            assertThat(observation.output()).isNull();
            assertThat(observation.usage()).isEmpty();
        }
    }

    @Test
    void images_recordPromptSizeImagesAndUsage() throws Exception {
        for (String scenario : List.of("images", "imagesAsync", "imagesRaw")) {
            assertThat(BENCH.play(version, scenario)).endsWith("[drawn, drawn]");

            CollectedObservation observation = BENCH.take();
            assertGeneration(observation, "generate_images gpt-image-1", "gpt-image-1");
            assertThat(observation.input()).isEqualTo("\"A red fox\"");
            assertThat(observation.modelParameters())
                    .hasToString("{\"n\":2,\"quality\":\"low\",\"size\":\"1024x1024\"}");
            assertThat(observation.outputJson()).hasSize(2).allSatisfy(OpenAiMediaIT::assertDrawn);
            assertThat(observation.usage()).isEqualTo(Map.of("input", 3L, "output", 544L, "total", 547L));
        }
    }

    @Test
    void images_edited_recordWhatIsKnownOfTheUploads() throws Exception {
        for (String scenario : List.of("imagesEdit", "imagesEditAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("[drawn]");

            CollectedObservation observation = BENCH.take();
            assertGeneration(observation, "edit_images gpt-image-1", "gpt-image-1");
            assertUploads(observation);
            assertThat(observation.modelParameters()).isEmpty();
            assertThat(observation.outputJson()).hasSize(1).allSatisfy(OpenAiMediaIT::assertDrawn);
            assertThat(observation.usage())
                    .isEqualTo(Map.of("input", 3L, "input_image_tokens", 323L, "output", 272L, "total", 598L));
            assertThat(PROVIDER.requests().get(0).body().at("/mask/size").asInt())
                    .as("what arrived: %s", PROVIDER.requests().get(0).body())
                    .isEqualTo(200);
            PROVIDER.reset();
        }
    }

    @Test
    void images_varied_areCountedWhereTokensAreNot() throws Exception {
        for (String scenario : List.of("imagesVariation", "imagesVariationAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("[linked, linked]");

            CollectedObservation observation = BENCH.take();
            assertGeneration(observation, "vary_images dall-e-2", "dall-e-2");
            assertThat(observation.inputJson().at("/image/size").asInt()).isEqualTo(300);
            assertThat(observation.modelParameters()).hasToString("{\"n\":2}");
            assertThat(observation.outputJson().at("/1/url").asText()).startsWith("https://images.example/");
            assertThat(observation.usage()).isEqualTo(Map.of("output_images", 2L));
        }
    }

    @Test
    void images_streamed_recordTheLastAndTimeToTheFirst() throws Exception {
        assumeThat(version).as("streams of images came with version 2").isNotEqualTo("1.6.1");
        for (String scenario : List.of("drawing", "drawingAsync")) {
            PROVIDER.pace(Pacing.every(Duration.ofMillis(20)));

            assertThat(BENCH.play(version, scenario)).isEqualTo("3 events");

            CollectedObservation observation = BENCH.take();
            assertGeneration(observation, "generate_images gpt-image-1", "gpt-image-1");
            assertThat(observation.modelParameters()).hasToString("{\"partial_images\":2,\"stream\":true}");
            assertThat(observation.outputJson()).hasSize(1).allSatisfy(OpenAiMediaIT::assertDrawn);
            assertThat(observation.usage()).isEqualTo(Map.of("input", 3L, "output", 272L, "total", 275L));
            assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        }
    }

    @Test
    void images_editedInAStream_recordTheLast() throws Exception {
        assumeThat(version).as("streams of images came with version 2").isNotEqualTo("1.6.1");

        assertThat(BENCH.play(version, "drawingEdit")).isEqualTo("1 events");

        CollectedObservation observation = BENCH.take();
        assertGeneration(observation, "edit_images gpt-image-1", "gpt-image-1");
        assertUploads(observation);
        assertThat(observation.outputJson()).hasSize(1).allSatisfy(OpenAiMediaIT::assertDrawn);
        assertThat(observation.usage()).containsEntry("input_image_tokens", 323L);
    }

    @Test
    void images_whoseStreamIsLeft_keepTheUnfinishedOne() throws Exception {
        assumeThat(version).as("streams of images came with version 2").isNotEqualTo("1.6.1");
        PROVIDER.pace(Pacing.every(Duration.ofMillis(20)));

        assertThat(BENCH.play(version, "drawingCancelled")).isEqualTo("1 events");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.outputJson()).hasSize(1).allSatisfy(OpenAiMediaIT::assertDrawn);
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void speech_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        String said = BENCH.play(version, "speech");

        if (version.equals("1.6.1")) { // hands out the error as if it were audio
            assertThat(said).endsWith(" bytes");
        } else {
            assertThat(said).contains("RateLimitException");
        }
        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429");
        assertThat(observation.output()).isNull();
    }

    @Test
    void speech_recordsTextAndSizeOfTheAudio() throws Exception {
        for (String scenario : List.of("speech", "speechAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("1668 bytes");

            CollectedObservation observation = BENCH.take();
            assertGeneration(observation, "speech gpt-4o-mini-tts", "gpt-4o-mini-tts");
            assertThat(observation.inputJson())
                    .hasToString("{\"input\":\"Good evening to all\",\"instructions\":\"Whisper.\"}");
            assertThat(observation.modelParameters()).hasToString("{\"voice\":\"alloy\"}");
            assertThat(observation.outputJson()).hasToString("{\"content_type\":\"audio/mpeg\",\"size\":1668}");
            assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        }
    }

    @Test
    void speech_leftBeforeItsEnd_saysSo() throws Exception {
        PROVIDER.pace(Pacing.every(Duration.ofMillis(100)));

        assertThat(BENCH.play(version, "speechCancelled")).isEqualTo("255 of 200");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson()).hasToString("{\"content_type\":\"audio/mpeg\",\"size\":1}");
    }

    @Test
    void speech_thatBreaksOff_isAnError() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(2, HELLO));

        assertThat(BENCH.play(version, "speech")).startsWith("threw ");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.outputJson()).hasToString("{\"content_type\":\"audio/mpeg\",\"size\":834}");
    }

    @Test
    void transcription_recordsFileTextAndAudioTokens() throws Exception {
        for (String scenario : List.of("transcription", "transcriptionAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("Good evening.");

            CollectedObservation observation = BENCH.take();
            assertTranscription(observation);
            assertThat(observation.modelParameters()).hasToString("{\"language\":\"en\"}");
        }
    }

    @Test
    void transcription_ofBytes_knowsTheirSize() throws Exception {
        assertThat(BENCH.play(version, "transcriptionOfBytes")).isEqualTo("Good evening.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.inputJson().at("/file/size").asInt()).isEqualTo(32_000);
        assertThat(observation.inputJson().at("/prompt").asText()).isEqualTo("A greeting");
        assertThat(observation.usage())
                .isEqualTo(Map.of("input", 2L, "input_audio_tokens", 20L, "output", 3L, "total", 25L));
    }

    @Test
    void transcription_withTimes_recordsThemAndCountsSeconds() throws Exception {
        assertThat(BENCH.play(version, "transcriptionVerbose")).isEqualTo("Good evening.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.name()).isEqualTo("transcription whisper-1");
        assertThat(observation.outputJson().at("/text").asText()).isEqualTo("Good evening.");
        assertThat(observation.outputJson().at("/segments/0/end").asDouble()).isEqualTo(2.5);
        assertThat(observation.usage()).isEqualTo(Map.of("input_audio_seconds", 3L));
    }

    @Test
    void transcription_streamed_recordsTheSame() throws Exception {
        assertThat(BENCH.play(version, "transcriptionStreaming")).isEqualTo("Good evening.");

        CollectedObservation observation = BENCH.take();
        assertTranscription(observation);
        assertThat(observation.modelParameters()).hasToString("{\"language\":\"en\",\"stream\":true}");
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    @Test
    void translation_recordsFileAndText() throws Exception {
        for (String scenario : List.of("translation", "translationAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("Good evening.");

            CollectedObservation observation = BENCH.take();
            assertGeneration(observation, "translation whisper-1", "whisper-1");
            assertThat(observation.inputJson().at("/file/filename").asText()).isEqualTo("greeting.mp3");
            assertThat(observation.inputJson().at("/prompt").asText()).isEqualTo("A greeting");
            assertThat(observation.output()).isEqualTo("\"Good evening.\"");
        }
    }

    @Test
    void moderation_isAGuardrail() throws Exception {
        for (String scenario : List.of("moderation", "moderationAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("flagged");

            CollectedObservation observation = BENCH.take();
            assertThat(observation.type()).isEqualTo("guardrail");
            assertThat(observation.name()).isEqualTo("moderation omni-moderation-latest");
            assertThat(observation.level()).isEqualTo("DEFAULT");
            assertThat(observation.input()).isEqualTo("\"I will kill you\"");
            assertThat(observation.outputJson().at("/flagged").asBoolean()).isTrue();
            assertThat(observation.outputJson().at("/category_scores/violence").asDouble())
                    .isEqualTo(0.97);
            assertThat(observation.attributes())
                    .containsEntry("gen_ai.operation.name", "moderation")
                    .containsEntry("gen_ai.provider.name", "openai")
                    .hasEntrySatisfying(
                            "gen_ai.response.id", id -> assertThat((String) id).startsWith("modr-"));
        }
    }

    @Test
    void moderation_ofSeveralTexts_answersEach() throws Exception {
        assertThat(BENCH.play(version, "moderationOfTwo")).isEqualTo("fine flagged");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.inputJson()).hasToString("[\"Good evening\",\"I will kill you\"]");
        assertThat(observation.outputJson().at("/0/flagged").asBoolean()).isFalse();
        assertThat(observation.outputJson().at("/1/flagged").asBoolean()).isTrue();
    }

    private static void assertCompletion(CollectedObservation observation) {
        assertGeneration(observation, "text_completion gpt-3.5-turbo-instruct", "gpt-3.5-turbo-instruct");
        assertThat(observation.input()).isEqualTo("\"Say hello\"");
        assertThat(observation.output()).isEqualTo("\"Hello there, you\"");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("cmpl-"));
    }

    private static void assertTranscription(CollectedObservation observation) {
        assertGeneration(observation, "transcription gpt-4o-transcribe", "gpt-4o-transcribe");
        assertThat(observation.inputJson())
                .hasToString("{\"file\":{\"filename\":\"greeting.mp3\","
                        + "\"content_type\":\"application/octet-stream\",\"size\":40000}}");
        assertThat(observation.output()).isEqualTo("\"Good evening.\"");
        assertThat(observation.usage())
                .isEqualTo(Map.of("input", 0L, "input_audio_tokens", 30L, "output", 3L, "total", 33L));
    }

    private static void assertUploads(CollectedObservation observation) {
        assertThat(observation.inputJson().at("/prompt").asText()).isEqualTo("Make it blue");
        assertThat(observation.inputJson().at("/image/size").asInt()).isEqualTo(200);
        assertThat(observation.inputJson().at("/mask/filename").asText()).endsWith(".png");
        assertThat(observation.inputJson().at("/mask/size").asInt()).isEqualTo(200);
    }

    private static void assertDrawn(JsonNode image) {
        assertThat(image.at("/b64_json").asText()).startsWith(PIXEL);
    }

    private static void assertGeneration(CollectedObservation observation, String name, String model) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo(name);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.model()).isEqualTo(model);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", name.substring(0, name.indexOf(' ')))
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("server.address", "127.0.0.1");
    }
}
