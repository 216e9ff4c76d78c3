package com.example.azure;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatChoice;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolCall;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatMessageImageContentItem;
import com.azure.ai.openai.models.ChatMessageImageUrl;
import com.azure.ai.openai.models.ChatMessageTextContentItem;
import com.azure.ai.openai.models.ChatRequestAssistantMessage;
import com.azure.ai.openai.models.ChatRequestSystemMessage;
import com.azure.ai.openai.models.ChatRequestToolMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.ChatResponseMessage;
import com.azure.ai.openai.models.Embeddings;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.ai.openai.models.FunctionCall;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.IterableStream;
import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. {@link Tools} has what is not the same in every
 * version.
 */
public final class AzureApp {
    private static final String DEPLOYMENT = "gpt-4o-mini";

    private final OpenAIClient client;
    private final OpenAIAsyncClient async;

    private AzureApp(String endpoint) {
        OpenAIClientBuilder builder = new OpenAIClientBuilder()
                .endpoint(endpoint.replace("http:", "https:"))
                .credential(new AzureKeyCredential("key"))
                .retryOptions(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(1))))
                .httpClient(new Plain(HttpClient.createDefault()));
        client = builder.buildClient();
        async = builder.buildAsyncClient();
    }

    public static void main(String[] arguments) throws IOException {
        AzureApp app = new AzureApp(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return switch (scenario) {
                case "chat" -> text(client.getChatCompletions(DEPLOYMENT, options()));
                case "observed" -> observed();
                case "withResponse" -> withResponse();
                case "image" -> text(client.getChatCompletions(DEPLOYMENT, new ChatCompletionsOptions(List.of(image()))));
                case "tools" -> tools(client.getChatCompletions(DEPLOYMENT, withTools()));
                case "toolResult" -> text(client.getChatCompletions(DEPLOYMENT, toolResult()));
                case "async" -> text(async.getChatCompletions(DEPLOYMENT, options()).block());
                case "asyncWithResponse" -> asyncWithResponse();
                case "asyncTwice" -> asyncTwice();
                case "asyncObserved" -> asyncObserved();
                case "asyncNever" -> async.getChatCompletions(DEPLOYMENT, options()) == null ? "null" : "unused";
                case "asyncCancelled" -> asyncCancelled();
                case "stream" -> joined(client.getChatCompletionsStream(DEPLOYMENT, options()).stream());
                case "streamTimed" -> streamTimed();
                case "streamLoop" -> streamLoop();
                case "streamBroken" -> streamBroken();
                case "streamTools" -> streamTools();
                case "streamWithResponse" -> streamWithResponse();
                case "streamClosed" -> streamClosed();
                case "streamDropped" -> streamDropped();
                case "asyncStream" -> joined(async.getChatCompletionsStream(DEPLOYMENT, options()).toStream());
                case "asyncStreamTwice" -> asyncStreamTwice();
                case "asyncStreamWithResponse" -> asyncStreamWithResponse();
                case "asyncStreamTaken" -> asyncStreamTaken();
                case "asyncStreamCancelled" -> asyncStreamCancelled();
                case "embeddings" -> said(client.getEmbeddings(DEPLOYMENT, texts()));
                case "asyncEmbeddings" -> said(async.getEmbeddings(DEPLOYMENT, texts()).block());
                default -> "unknown scenario";
            };
        } catch (HttpResponseException e) {
            return "threw " + e.getClass().getSimpleName() + " " + e.getResponse().getStatusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        } catch (RuntimeException e) {
            return "threw " + e;
        }
    }

    @Observe(name = "outer")
    private String observed() {
        return text(client.getChatCompletions(DEPLOYMENT, options()));
    }

    private String withResponse() {
        var response = client.getChatCompletionsWithResponse(DEPLOYMENT, options(), new RequestOptions());
        return response.getStatusCode() + " " + text(response.getValue());
    }

    private String asyncWithResponse() {
        return async.getChatCompletionsWithResponse(DEPLOYMENT, options(), new RequestOptions())
                .map(response -> response.getStatusCode() + " " + text(response.getValue()))
                .block();
    }

    private String asyncTwice() {
        Mono<String> text = async.getChatCompletions(DEPLOYMENT, options()).map(AzureApp::text);
        return text.block() + " and " + text.block();
    }

    @Observe(name = "outer")
    private String asyncObserved() {
        return async.getChatCompletions(DEPLOYMENT, options()).map(AzureApp::text).block();
    }

    /** Leaves while the answer is on its way. */
    private String asyncCancelled() {
        Disposable subscription = async.getChatCompletions(DEPLOYMENT, options()).subscribe();
        subscription.dispose();
        return "left";
    }

    /** Says when the first text was here. */
    private String streamTimed() {
        Instant first = null;
        for (ChatCompletions chunk : client.getChatCompletionsStream(DEPLOYMENT, options())) {
            if (first == null && !content(chunk).isEmpty()) {
                first = Instant.now();
            }
        }
        return String.valueOf(first);
    }

    private String streamLoop() {
        StringBuilder text = new StringBuilder();
        for (ChatCompletions chunk : client.getChatCompletionsStream(DEPLOYMENT, options())) {
            text.append(content(chunk));
        }
        return text.toString();
    }

    /** Says what came before the stream broke. */
    private String streamBroken() {
        StringBuilder text = new StringBuilder();
        try {
            client.getChatCompletionsStream(DEPLOYMENT, options()).forEach(chunk -> text.append(content(chunk)));
        } catch (RuntimeException e) {
            return "broken after " + text;
        }
        return "not broken";
    }

    private String streamTools() {
        StringBuilder called = new StringBuilder();
        for (ChatCompletions chunk : client.getChatCompletionsStream(DEPLOYMENT, withTools())) {
            for (ChatChoice choice : chunk.getChoices()) {
                ChatResponseMessage delta = choice.getDelta();
                if (delta != null && delta.getToolCalls() != null && !delta.getToolCalls().isEmpty()) {
                    FunctionCall function =
                            ((ChatCompletionsFunctionToolCall) delta.getToolCalls().get(0)).getFunction();
                    called.append(function.getName() == null ? "" : function.getName());
                    called.append(function.getArguments());
                }
            }
        }
        return called.toString();
    }

    private String streamWithResponse() {
        var response = client.getChatCompletionsStreamWithResponse(DEPLOYMENT, options(), new RequestOptions());
        return response.getStatusCode() + " " + joined(response.getValue().stream());
    }

    private String streamClosed() {
        try (Stream<ChatCompletions> chunks =
                client.getChatCompletionsStream(DEPLOYMENT, options()).stream()) {
            return chunks.map(AzureApp::content).filter(text -> !text.isEmpty()).findFirst().orElse("nothing");
        }
    }

    /** Leaves the loop in the middle, and lets go of what it read from. */
    private String streamDropped() {
        String first = first(client.getChatCompletionsStream(DEPLOYMENT, options()));
        System.gc();
        return first;
    }

    private static String first(IterableStream<ChatCompletions> chunks) {
        Iterator<ChatCompletions> iterator = chunks.iterator();
        while (iterator.hasNext()) {
            String text = content(iterator.next());
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "nothing";
    }

    private String asyncStreamWithResponse() {
        return joined(async.getChatCompletionsStreamWithResponse(DEPLOYMENT, options(), new RequestOptions())
                .map(response -> response.getValue())
                .toStream());
    }

    private String asyncStreamTwice() {
        Flux<ChatCompletions> chunks = async.getChatCompletionsStream(DEPLOYMENT, options());
        return joined(chunks.toStream()) + " and " + joined(chunks.toStream());
    }

    private String asyncStreamTaken() {
        Flux<String> texts = async.getChatCompletionsStream(DEPLOYMENT, options())
                .map(AzureApp::content)
                .filter(text -> !text.isEmpty());
        return texts.blockFirst();
    }

    private String asyncStreamCancelled() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Disposable subscription = async.getChatCompletionsStream(DEPLOYMENT, options())
                .filter(chunk -> !content(chunk).isEmpty())
                .subscribe(chunk -> begun.countDown());
        begun.await();
        subscription.dispose();
        return "left";
    }

    private static ChatCompletionsOptions options() {
        return new ChatCompletionsOptions(
                        List.of(new ChatRequestSystemMessage("Be kind."), new ChatRequestUserMessage("Say hello")))
                .setTemperature(0.5)
                .setMaxTokens(50);
    }

    private static ChatRequestUserMessage image() {
        return new ChatRequestUserMessage(List.of(
                new ChatMessageTextContentItem("What is this?"),
                new ChatMessageImageContentItem(new ChatMessageImageUrl("data:image/png;base64,AQID"))));
    }

    private static ChatCompletionsOptions withTools() {
        return options().setTools(List.of(Tools.function("greet", BinaryData.fromObject(Map.of("type", "object")))));
    }

    private static ChatCompletionsOptions toolResult() {
        ChatRequestAssistantMessage called = new ChatRequestAssistantMessage("")
                .setToolCalls(List.of(new ChatCompletionsFunctionToolCall(
                        "t1", new FunctionCall("greet", "{\"name\":\"Ada\"}"))));
        return new ChatCompletionsOptions(List.of(
                new ChatRequestUserMessage("Say hello"), called, new ChatRequestToolMessage("done", "t1")));
    }

    private static EmbeddingsOptions texts() {
        return new EmbeddingsOptions(List.of("red fox", "hen")).setDimensions(8);
    }

    private static String said(Embeddings embeddings) {
        return embeddings.getData().size() + " of " + embeddings.getData().get(0).getEmbedding().size();
    }

    private static String text(ChatCompletions answer) {
        return answer.getChoices().get(0).getMessage().getContent();
    }

    private static String tools(ChatCompletions answer) {
        return answer.getChoices().get(0).getFinishReason().toString();
    }

    private static String joined(Stream<ChatCompletions> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(content(chunk)));
        return text.toString();
    }

    private static String content(ChatCompletions chunk) {
        StringBuilder text = new StringBuilder();
        for (ChatChoice choice : chunk.getChoices()) {
            ChatResponseMessage delta = choice.getDelta();
            if (delta != null && delta.getContent() != null) {
                text.append(delta.getContent());
            }
        }
        return text.toString();
    }

    /** The library sends keys to none but HTTPS addresses; the local server has no certificate. */
    private record Plain(HttpClient http) implements HttpClient {
        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return http.send(plain(request));
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request, Context context) {
            return http.send(plain(request), context);
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return http.sendSync(plain(request), context);
        }

        private static HttpRequest plain(HttpRequest request) {
            return request.setUrl(request.getUrl().toString().replace("https:", "http:"));
        }
    }
}
