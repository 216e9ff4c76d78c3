package com.example.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.moderations.ModerationCreateResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Plays what models do beside chatting: they complete, draw, speak, listen and moderate. See {@code ChatApp} for how. */
public final class MediaApp {
    private final OpenAIClient client;
    private final Path recording;

    private MediaApp(String baseUrl) throws IOException {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .maxRetries(0)
                .build();
        recording = Files.createTempDirectory("media").resolve("greeting.mp3");
        Files.write(recording, new byte[40_000]);
        recording.toFile().deleteOnExit();
    }

    public static void main(String[] arguments) throws IOException {
        MediaApp app = new MediaApp(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return switch (scenario.replaceAll("[A-Z].*", "")) {
                case "completion" -> completion(scenario);
                case "images" -> Drawings.play(client, scenario);
                case "drawing" -> StreamedDrawings.play(client, scenario);
                case "speech" -> speech(scenario);
                case "transcription" -> transcription(scenario);
                case "translation" -> translation(scenario);
                case "moderation" -> moderation(scenario);
                default -> "unknown scenario";
            };
        } catch (CompletionException e) {
            return "threw CompletionException of " + e.getCause();
        } catch (IOException | RuntimeException e) {
            return "threw " + e;
        }
    }

    private String completion(String scenario) {
        CompletionCreateParams.Builder request = CompletionCreateParams.builder()
                .model("gpt-3.5-turbo-instruct")
                .prompt("Say hello")
                .maxTokens(64);
        return switch (scenario) {
            case "completion" -> text(client.completions().create(request.build()));
            case "completionAsync" ->
                text(client.async().completions().create(request.build()).join());
            case "completionRaw" -> {
                try (HttpResponseFor<Completion> response =
                        client.completions().withRawResponse().create(request.build())) {
                    yield response.statusCode() + " " + text(response.parse());
                }
            }
            case "completionStreaming" -> streamed(request, Integer.MAX_VALUE);
            case "completionStreamingCancelled" -> streamed(request, 2);
            default -> "unknown scenario";
        };
    }

    private String streamed(CompletionCreateParams.Builder request, int chunks) {
        request.putAdditionalBodyProperty("stream_options", JsonValue.from(Map.of("include_usage", true)));
        try (StreamResponse<Completion> response = client.completions().createStreaming(request.build())) {
            return response.stream().limit(chunks).map(MediaApp::text).collect(Collectors.joining());
        }
    }

    private static String text(Completion completion) {
        return completion.choices().isEmpty() ? "" : completion.choices().get(0).text();
    }

    private String speech(String scenario) throws IOException {
        SpeechCreateParams request = SpeechCreateParams.builder()
                .model("gpt-4o-mini-tts")
                .voice("alloy")
                .input("Good evening to all")
                .instructions("Whisper.")
                .build();
        try (HttpResponse response = scenario.equals("speechAsync")
                        ? client.async().audio().speech().create(request).join()
                        : client.audio().speech().create(request);
                InputStream audio = response.body()) {
            return scenario.equals("speechCancelled")
                    ? audio.read() + " of " + response.statusCode()
                    : audio.readAllBytes().length + " bytes";
        }
    }

    private String transcription(String scenario) throws IOException {
        TranscriptionCreateParams.Builder request = TranscriptionCreateParams.builder()
                .file(recording)
                .model("gpt-4o-transcribe")
                .language("en");
        return switch (scenario) {
            case "transcription" -> text(client.audio().transcriptions().create(request.build()));
            case "transcriptionAsync" ->
                text(client.async()
                        .audio()
                        .transcriptions()
                        .create(request.build())
                        .join());
            case "transcriptionOfBytes" ->
                text(client.audio()
                        .transcriptions()
                        .create(request.file(new ByteArrayInputStream(new byte[32_000]))
                                .prompt("A greeting")
                                .build()));
            case "transcriptionVerbose" ->
                client.audio()
                        .transcriptions()
                        .create(request.model("whisper-1")
                                .responseFormat(AudioResponseFormat.VERBOSE_JSON)
                                .build())
                        .asVerbose()
                        .text();
            case "transcriptionStreaming" -> {
                try (StreamResponse<TranscriptionStreamEvent> response =
                        client.audio().transcriptions().createStreaming(request.build())) {
                    yield response.stream()
                            .flatMap(event -> event.transcriptTextDelta().stream())
                            .map(event -> event.delta())
                            .collect(Collectors.joining());
                }
            }
            default -> "unknown scenario";
        };
    }

    private static String text(TranscriptionCreateResponse response) {
        return response.asTranscription().text();
    }

    @SuppressWarnings("deprecation") // translations are still offered
    private String translation(String scenario) throws IOException {
        TranslationCreateParams request = TranslationCreateParams.builder()
                .file(recording)
                .model("whisper-1")
                .prompt("A greeting")
                .build();
        return (scenario.equals("translationAsync")
                        ? client.async().audio().translations().create(request).join()
                        : client.audio().translations().create(request))
                .asTranslation()
                .text();
    }

    private String moderation(String scenario) {
        ModerationCreateParams.Builder request =
                ModerationCreateParams.builder().model("omni-moderation-latest").input("I will kill you");
        return switch (scenario) {
            case "moderation" -> flagged(client.moderations().create(request.build()));
            case "moderationAsync" ->
                flagged(client.async().moderations().create(request.build()).join());
            case "moderationOfTwo" ->
                flagged(client.moderations()
                        .create(request.inputOfStrings(List.of("Good evening", "I will kill you"))
                                .build()));
            default -> "unknown scenario";
        };
    }

    private static String flagged(ModerationCreateResponse response) {
        return response.results().stream()
                .map(result -> result.flagged() ? "flagged" : "fine")
                .collect(Collectors.joining(" "));
    }
}
