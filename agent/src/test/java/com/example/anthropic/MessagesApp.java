package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Metadata;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
public final class MessagesApp {
    private final String baseUrl;
    private final AnthropicClient client;

    private MessagesApp(String baseUrl) {
        this.baseUrl = baseUrl;
        client = AnthropicOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        // Nothing to log with is on the class path, of which SLF4J would speak.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        MessagesApp app = new MessagesApp(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return scenario.startsWith("beta")
                    ? new BetaCalls(client).play(scenario)
                    : scenario.startsWith("toolRunner")
                            ? ToolRuns.play(client, scenario)
                            : scenario.startsWith("async") ? playAsync(scenario) : playBlocking(scenario);
        } catch (CompletionException e) {
            return "threw CompletionException of " + e.getCause();
        } catch (RuntimeException e) {
            return "threw " + e;
        }
    }

    private String playBlocking(String scenario) {
        return switch (scenario) {
            case "blocking" -> text(client.messages().create(request().build()));
            case "observed" -> observed();
            case "everything" -> text(client.messages().create(everything()));
            case "tools" -> tools();
            case "raw" -> raw();
            case "rawUnread" -> rawUnread();
            case "rawDropped" -> rawDropped();
            case "retried" -> retried();
            case "streaming" -> streaming(request());
            case "streamingTools" -> streaming(withTools(request()));
            case "streamingIterator" -> streamingIterator();
            case "streamingCancelled" -> streamingCancelled();
            case "streamingActionThrows" -> streamingActionThrows();
            case "countTokens" -> countTokens();
            default -> "unknown scenario";
        };
    }

    private String playAsync(String scenario) {
        return switch (scenario) {
            case "async" ->
                text(client.async().messages().create(request().build()).join());
            case "asyncCancelled" -> asyncCancelled();
            case "asyncStreaming" -> asyncStreaming(Integer.MAX_VALUE);
            case "asyncStreamingCancelled" -> asyncStreaming(5);
            default -> "unknown scenario";
        };
    }

    @Observe(name = "outer")
    private String observed() {
        return text(client.messages().create(request().build()));
    }

    private String tools() {
        return client.messages()
                .create(withTools(request()).build())
                .stopReason()
                .orElseThrow()
                .toString();
    }

    private String raw() {
        try (HttpResponseFor<Message> response =
                client.messages().withRawResponse().create(request().build())) {
            return response.statusCode() + " " + text(response.parse()) + " " + (response.parse() == response.parse());
        }
    }

    private String rawUnread() {
        try (HttpResponseFor<Message> response =
                client.messages().withRawResponse().create(request().build())) {
            return String.valueOf(response.statusCode());
        }
    }

    private String rawDropped() {
        int status =
                client.messages().withRawResponse().create(request().build()).statusCode();
        System.gc();
        return String.valueOf(status);
    }

    private String retried() {
        AnthropicClient patient = AnthropicOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .maxRetries(2)
                .build();
        return text(patient.messages().create(request().build()));
    }

    private String streaming(MessageCreateParams.Builder request) {
        try (StreamResponse<RawMessageStreamEvent> response = client.messages().createStreaming(request.build())) {
            return response.stream().map(MessagesApp::text).collect(Collectors.joining());
        }
    }

    private String streamingIterator() {
        StringBuilder text = new StringBuilder();
        try (StreamResponse<RawMessageStreamEvent> response =
                client.messages().createStreaming(request().build())) {
            for (Iterator<RawMessageStreamEvent> events = response.stream().iterator(); events.hasNext(); ) {
                text.append(text(events.next()));
            }
        }
        return text.toString();
    }

    private String streamingCancelled() {
        try (StreamResponse<RawMessageStreamEvent> response =
                client.messages().createStreaming(request().build())) {
            return response.stream()
                    .map(MessagesApp::text)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }
    }

    private String streamingActionThrows() {
        try (StreamResponse<RawMessageStreamEvent> response =
                client.messages().createStreaming(request().build())) {
            response.stream().forEach(event -> {
                if (!text(event).isEmpty()) {
                    throw new IllegalStateException("the application's own");
                }
            });
            return "not thrown";
        }
    }

    private String asyncCancelled() {
        CompletableFuture<HttpResponseFor<Message>> answer =
                client.async().messages().withRawResponse().create(request().build());
        answer.cancel(true);
        return answer.isCancelled() ? "cancelled" : "not cancelled";
    }

    private String asyncStreaming(int events) {
        StringBuilder text = new StringBuilder();
        int[] seen = new int[1];
        AsyncStreamResponse<RawMessageStreamEvent> response =
                client.async().messages().createStreaming(request().build());
        response.subscribe(new AsyncStreamResponse.Handler<>() {
            @Override
            public void onNext(RawMessageStreamEvent event) {
                text.append(text(event));
                if (++seen[0] == events) {
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

    private String countTokens() {
        return client.messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model("claude-sonnet-4-5")
                                .addUserMessage("hello world")
                                .build())
                        .inputTokens()
                + " tokens";
    }

    private static MessageCreateParams.Builder request() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(500)
                .addUserMessage("Say hello");
    }

    private static MessageCreateParams everything() {
        return withTools(request())
                .system("Be brief.")
                .enabledThinking(1024)
                .maxTokens(2000)
                .addStopSequence("END")
                .metadata(Metadata.builder().userId("user-7").build())
                .build();
    }

    private static MessageCreateParams.Builder withTools(MessageCreateParams.Builder request) {
        return request.putAdditionalBodyProperty(
                "tools", JsonValue.from(List.of(Map.of("name", "greet", "input_schema", Map.of("type", "object")))));
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static String text(RawMessageStreamEvent event) {
        return event.contentBlockDelta()
                .flatMap(delta -> delta.delta().text())
                .map(text -> text.text())
                .orElse("");
    }
}
