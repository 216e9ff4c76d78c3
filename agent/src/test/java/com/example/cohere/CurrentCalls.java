package com.example.cohere;

import com.cohere.api.AsyncCohere;
import com.cohere.api.Cohere;
import com.cohere.api.core.CohereHttpResponse;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.requests.V2EmbedRequest;
import com.cohere.api.resources.v2.requests.V2RerankRequest;
import com.cohere.api.resources.v2.types.V2ChatResponse;
import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.EmbedInputType;
import com.cohere.api.types.EmbeddingType;
import com.cohere.api.types.SystemMessageV2;
import com.cohere.api.types.SystemMessageV2Content;
import com.cohere.api.types.ToolV2;
import com.cohere.api.types.ToolV2Function;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import dev.sonde.annotations.Observe;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Calls as the newest versions of the library have them. */
final class CurrentCalls implements CohereApp.Calls {
    private final String baseUrl;
    private final Cohere client;
    private final AsyncCohere async;

    CurrentCalls(String baseUrl) {
        this.baseUrl = baseUrl;
        this.client = CohereApp.withoutRetries(baseUrl);
        this.async = AsyncCohere.builder()
                .url(baseUrl)
                .token("test")
                .httpClient(new OkHttpClient())
                .build();
    }

    @Override
    public String play(String scenario) throws Exception {
        return switch (scenario) {
            case "blocking" -> text(client.v2().chat(request().build()));
            case "observed" -> observed();
            case "everything" -> text(client.v2().chat(everything()));
            case "raw" -> raw();
            case "retried" -> retried();
            case "tools" ->
                client.v2()
                        .chat(request().tools(tools()).build())
                        .getFinishReason()
                        .toString();
            case "async" -> text(async.v2().chat(request().build()).join());
            case "streaming" -> read(client.v2().chatStream(streamed().build()));
            case "streamingTools" ->
                read(client.v2().chatStream(streamed().tools(tools()).build()));
            case "streamingRaw" ->
                read(client.v2()
                        .withRawResponse()
                        .chatStream(streamed().build())
                        .body());
            case "streamingClosed" -> closed();
            case "streamingLeft" -> left();
            case "streamingThrows" -> readerThrows();
            case "asyncStreaming" ->
                read(async.v2().chatStream(streamed().build()).join());
            case "asyncCancelled" -> asyncCancelled();
            case "embed" -> embed();
            case "asyncEmbed" ->
                async.v2().embed(texts()).join().getTexts().orElseThrow().size() + " texts";
            case "rerank" ->
                String.valueOf(client.v2().rerank(ranking()).getResults().get(0).getIndex());
            case "asyncRerank" ->
                String.valueOf(
                        async.v2().rerank(ranking()).join().getResults().get(0).getIndex());
            default -> "unknown scenario";
        };
    }

    @Observe(name = "outer")
    private String observed() {
        return text(client.v2().chat(request().build()));
    }

    private String raw() {
        CohereHttpResponse<V2ChatResponse> response =
                client.v2().withRawResponse().chat(request().build());
        return response.headers().containsKey("x-debug-trace-id") + " " + text(response.body());
    }

    private String retried() {
        Cohere patient = Cohere.builder().url(baseUrl).token("test").build();
        return text(patient.v2().chat(request().build()));
    }

    private static String read(Iterable<V2ChatStreamResponse> events) {
        StringBuilder text = new StringBuilder();
        for (V2ChatStreamResponse event : events) {
            text.append(text(event));
        }
        return text.toString();
    }

    private String closed() throws Exception {
        Iterable<V2ChatStreamResponse> events =
                client.v2().chatStream(streamed().build());
        String text = firstText(events);
        ((Closeable) events).close();
        return text;
    }

    private String left() {
        String text = firstText(client.v2().chatStream(streamed().build()));
        System.gc();
        return text;
    }

    private static String firstText(Iterable<V2ChatStreamResponse> events) {
        for (V2ChatStreamResponse event : events) {
            if (!text(event).isEmpty()) {
                return text(event);
            }
        }
        return "no text";
    }

    private String readerThrows() throws Exception {
        Iterable<V2ChatStreamResponse> events =
                client.v2().chatStream(streamed().build());
        try (Closeable closing = (Closeable) events) {
            events.forEach(event -> {
                if (!text(event).isEmpty()) {
                    throw new IllegalStateException("the application's own");
                }
            });
            return "not thrown";
        }
    }

    private String asyncCancelled() {
        return String.valueOf(
                async.v2().withRawResponse().chat(request().build()).cancel(true));
    }

    private String embed() {
        return client.v2().embed(texts()).getTexts().orElseThrow().size() + " texts";
    }

    private static V2ChatRequest._FinalStage request() {
        return V2ChatRequest.builder()
                .model("command-a-03-2025")
                .messages(List.of(user()))
                .temperature(0.5f);
    }

    private static V2ChatRequest everything() {
        ChatMessageV2 system = ChatMessageV2.system(SystemMessageV2.builder()
                .content(SystemMessageV2Content.of("Be brief."))
                .build());
        return request()
                .messages(List.of(system, user()))
                .tools(tools())
                .maxTokens(100)
                .seed(7)
                .stopSequences(List.of("END"))
                .build();
    }

    private static V2ChatStreamRequest._FinalStage streamed() {
        return V2ChatStreamRequest.builder()
                .model("command-a-03-2025")
                .messages(List.of(user()))
                .temperature(0.5f);
    }

    private static ChatMessageV2 user() {
        return ChatMessageV2.user(UserMessageV2.builder()
                .content(UserMessageV2Content.of("Say hello"))
                .build());
    }

    private static List<ToolV2> tools() {
        return List.of(ToolV2.builder()
                .function(ToolV2Function.builder()
                        .name("greet")
                        .parameters(Map.of("type", "object"))
                        .build())
                .build());
    }

    private static V2EmbedRequest texts() {
        return V2EmbedRequest.builder()
                .model("embed-v4.0")
                .inputType(EmbedInputType.SEARCH_QUERY)
                .texts(List.of("red fox", "blue whale"))
                .outputDimension(8)
                .embeddingTypes(List.of(EmbeddingType.FLOAT))
                .build();
    }

    private static V2RerankRequest ranking() {
        return V2RerankRequest.builder()
                .model("rerank-v3.5")
                .query("red fox")
                .documents(List.of("a blue whale", "the red fox"))
                .topN(1)
                .build();
    }

    private static String text(V2ChatResponse response) {
        return response.getMessage()
                .getContent()
                .orElseThrow()
                .get(0)
                .getText()
                .orElseThrow()
                .getText();
    }

    private static String text(V2ChatStreamResponse event) {
        return event.getContentDelta()
                .flatMap(delta -> delta.getDelta())
                .flatMap(delta -> delta.getMessage())
                .flatMap(message -> message.getContent())
                .flatMap(content -> content.getText())
                .orElse("");
    }
}
