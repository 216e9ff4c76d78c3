package com.example.chat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
public final class ChatApp {
    private final OpenAIClient client;

    private ChatApp(String baseUrl) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        ChatApp app = new ChatApp(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return switch (scenario) {
                case "blocking" ->
                    text(client.chat().completions().create(request().build()));
                case "observed" -> observed();
                case "async" ->
                    text(client.async()
                            .chat()
                            .completions()
                            .create(request().build())
                            .join());
                case "raw" -> raw();
                case "rawUnread" -> rawUnread();
                case "rawDropped" -> rawDropped();
                case "tools" -> tools();
                case "streaming" -> streaming(withUsage());
                case "streamingWithoutUsage" -> streaming(request());
                case "streamingTools" -> streaming(withTools(withUsage()));
                case "streamingIterator" -> streamingIterator();
                case "streamingCancelled" -> streamingCancelled();
                case "streamingActionThrows" -> streamingActionThrows();
                case "asyncStreaming" -> asyncStreaming(Integer.MAX_VALUE);
                case "asyncStreamingCancelled" -> asyncStreaming(2);
                case "embeddings" -> embeddings();
                case "responses" -> responses();
                case "responsesStreaming" -> responsesStreaming();
                default -> "unknown scenario";
            };
        } catch (CompletionException e) {
            return "threw CompletionException of " + e.getCause();
        } catch (RuntimeException e) {
            return "threw " + e;
        }
    }

    @Observe(name = "outer")
    private String observed() {
        return text(client.chat().completions().create(request().build()));
    }

    private String raw() {
        try (HttpResponseFor<ChatCompletion> response =
                client.chat().completions().withRawResponse().create(request().build())) {
            return response.statusCode() + " " + text(response.parse()) + " " + (response.parse() == response.parse());
        }
    }

    private String rawUnread() {
        try (HttpResponseFor<ChatCompletion> response =
                client.chat().completions().withRawResponse().create(request().build())) {
            return String.valueOf(response.statusCode());
        }
    }

    private String rawDropped() {
        int status = client.chat()
                .completions()
                .withRawResponse()
                .create(request().build())
                .statusCode();
        System.gc();
        return String.valueOf(status);
    }

    private String tools() {
        return client.chat()
                .completions()
                .create(withTools(request()).build())
                .choices()
                .get(0)
                .finishReason()
                .toString();
    }

    private String streaming(ChatCompletionCreateParams.Builder request) {
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(request.build())) {
            return response.stream().map(ChatApp::text).collect(Collectors.joining());
        }
    }

    private String streamingIterator() {
        StringBuilder text = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(withUsage().build())) {
            for (Iterator<ChatCompletionChunk> chunks = response.stream().iterator(); chunks.hasNext(); ) {
                text.append(text(chunks.next()));
            }
        }
        return text.toString();
    }

    private String streamingCancelled() {
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(withUsage().build())) {
            // The first chunk names the role, the second begins the text.
            return response.stream().limit(2).map(ChatApp::text).collect(Collectors.joining());
        }
    }

    private String streamingActionThrows() {
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(withUsage().build())) {
            response.stream().forEach(chunk -> {
                if (!text(chunk).isEmpty()) {
                    throw new IllegalStateException("the application's own");
                }
            });
            return "not thrown";
        }
    }

    private String asyncStreaming(int chunks) {
        StringBuilder text = new StringBuilder();
        int[] seen = new int[1];
        AsyncStreamResponse<ChatCompletionChunk> response =
                client.async().chat().completions().createStreaming(withUsage().build());
        response.subscribe(new AsyncStreamResponse.Handler<>() {
            @Override
            public void onNext(ChatCompletionChunk chunk) {
                text.append(text(chunk));
                if (++seen[0] == chunks) {
                    response.close();
                }
            }

            @Override
            public void onComplete(Optional<Throwable> error) {}
        });
        try {
            response.onCompleteFuture().join();
        } finally {
            response.close();
        }
        return text.toString();
    }

    private String embeddings() {
        return client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("text-embedding-3-small")
                                .input("red fox")
                                .dimensions(8)
                                .build())
                        .data()
                        .size()
                + " vectors";
    }

    private String responses() {
        return client.responses().create(question()).id();
    }

    private String responsesStreaming() {
        try (StreamResponse<ResponseStreamEvent> response = client.responses().createStreaming(question())) {
            return response.stream().count() > 2 ? "events" : "too few events";
        }
    }

    private static ResponseCreateParams question() {
        return ResponseCreateParams.builder()
                .model("gpt-4o-mini")
                .input("Say hello")
                .build();
    }

    private static ChatCompletionCreateParams.Builder request() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .temperature(0.5)
                .addUserMessage("Say hello");
    }

    private static ChatCompletionCreateParams.Builder withUsage() {
        return request().putAdditionalBodyProperty("stream_options", JsonValue.from(Map.of("include_usage", true)));
    }

    private static ChatCompletionCreateParams.Builder withTools(ChatCompletionCreateParams.Builder request) {
        return request.putAdditionalBodyProperty(
                "tools", JsonValue.from(List.of(Map.of("type", "function", "function", Map.of("name", "greet")))));
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElse("no content");
    }

    private static String text(ChatCompletionChunk chunk) {
        return chunk.choices().isEmpty()
                ? ""
                : chunk.choices().get(0).delta().content().orElse("");
    }
}
