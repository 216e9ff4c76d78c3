package com.example.bedrock;

import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.GuardrailContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
@SuppressWarnings("unchecked") // as the SDK's own varargs of generic consumers are
public final class BedrockApp {
    private static final String NOVA = "amazon.nova-micro-v1:0";
    private static final String CLAUDE = "us.anthropic.claude-3-haiku-20240307-v1:0";
    private static final String CLAUDE_BODY =
            "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":50,\"system\":\"Be kind.\","
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";

    /** Held on to, for its level goes with it. Netty says when a part of a stream comes that was left before. */
    private static final Logger NETTY = Logger.getLogger("io.netty");

    private final BedrockRuntimeClient client;
    private final BedrockRuntimeAsyncClient async;

    private BedrockApp(URI endpoint) {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
        client = BedrockRuntimeClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        async = BedrockRuntimeAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        NETTY.setLevel(Level.WARNING);
        BedrockApp app = new BedrockApp(URI.create(arguments[0]));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return switch (scenario) {
                case "converse" -> text(client.converse(request().build()));
                case "observed" -> observed();
                case "image" -> image();
                case "tools" -> client.converse(withTools().build()).stopReasonAsString();
                case "toolResult" -> toolResult();
                case "asyncConverse" -> text(async.converse(request().build()).join());
                case "converseStream" -> converseStream(false);
                case "converseStreamTools" -> converseStream(true);
                case "converseStreamTimed" -> converseStreamTimed();
                case "converseStreamCancelled" -> converseStreamCancelled();
                case "converseStreamFutureCancelled" -> converseStreamFutureCancelled();
                case "invokeClaude" -> invoke(CLAUDE, CLAUDE_BODY);
                case "asyncInvokeClaude" ->
                    async.invokeModel(r -> r.modelId(CLAUDE).body(SdkBytes.fromUtf8String(CLAUDE_BODY)))
                            .join()
                            .body()
                            .asUtf8String();
                case "invokeStreamClaude" -> invokeStream(CLAUDE, CLAUDE_BODY);
                case "titanEmbed" ->
                    invoke("amazon.titan-embed-text-v2:0", "{\"inputText\":\"red fox\",\"dimensions\":8}");
                case "guardrail" -> guardrail();
                default -> vendor(scenario);
            };
        } catch (CompletionException e) {
            return "threw CompletionException of " + said(e.getCause());
        } catch (RuntimeException e) {
            return "threw " + said(e);
        }
    }

    /** Scenarios such as {@code invoke meta.llama3 {"prompt":…}} name model and body themselves. */
    private String vendor(String scenario) {
        String[] parts = scenario.split(" ", 3);
        return switch (parts[0]) {
            case "invoke" -> invoke(parts[1], parts[2]);
            case "stream" -> invokeStream(parts[1], parts[2]);
            default -> "unknown scenario";
        };
    }

    private static String said(Throwable error) {
        return error instanceof AwsServiceException refused
                ? error.getClass().getSimpleName() + " " + refused.statusCode() + " " + refused.getMessage()
                : error.toString();
    }

    @Observe(name = "outer")
    private String observed() {
        return text(client.converse(request().build()));
    }

    private String image() {
        return text(client.converse(r -> r.modelId(NOVA)
                .messages(user(
                        ContentBlock.fromText("What is this?"),
                        ContentBlock.fromImage(i ->
                                i.format("png").source(s -> s.bytes(SdkBytes.fromByteArray(new byte[] {1, 2, 3}))))))));
    }

    private String toolResult() {
        ContentBlock use = ContentBlock.fromToolUse(t -> t.toolUseId("t1")
                .name("greet")
                .input(Document.mapBuilder().putString("name", "Ada").build()));
        ContentBlock result = ContentBlock.fromToolResult(t -> t.toolUseId("t1")
                .content(c -> c.json(Document.mapBuilder()
                        .putNumber("count", 2)
                        .putBoolean("done", true)
                        .putList("of", l -> l.addString("a"))
                        .build())));
        Message assistant =
                Message.builder().role(ConversationRole.ASSISTANT).content(use).build();
        return text(client.converse(request()
                .messages(user(ContentBlock.fromText("Say hello")), assistant, user(result))
                .build()));
    }

    private String converseStream(boolean tools) {
        StringBuilder text = new StringBuilder();
        ConverseStreamRequest.Builder request = streamRequest();
        if (tools) {
            request.toolConfig(tool());
        }
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(delta -> {
                            if (delta.delta().text() != null) {
                                text.append(delta.delta().text());
                            }
                        })
                        .onMessageStop(stop -> text.append(tools ? stop.stopReasonAsString() : ""))
                        .build())
                .build();
        async.converseStream(request.build(), handler).join();
        return text.toString();
    }

    /** Says when the first text was here. */
    private String converseStreamTimed() {
        CompletableFuture<Instant> first = new CompletableFuture<>();
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(delta -> first.complete(Instant.now()))
                        .build())
                .build();
        async.converseStream(streamRequest().build(), handler).join();
        return first.join().toString();
    }

    /** Takes one event at a time and leaves after the first text. */
    private String converseStreamCancelled() {
        CompletableFuture<String> left = new CompletableFuture<>();
        AtomicInteger events = new AtomicInteger();
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .onEventStream(publisher -> publisher.subscribe(new Subscriber<ConverseStreamOutput>() {
                    private Subscription subscription;

                    @Override
                    public void onSubscribe(Subscription given) {
                        subscription = given;
                        given.request(1);
                    }

                    @Override
                    public void onNext(ConverseStreamOutput event) {
                        if (events.incrementAndGet() == 2) {
                            subscription.cancel();
                            left.complete("left after " + events.get());
                        } else {
                            subscription.request(1);
                        }
                    }

                    @Override
                    public void onError(Throwable error) {
                        left.completeExceptionally(error);
                    }

                    @Override
                    public void onComplete() {
                        left.complete("not left");
                    }
                }))
                .build();
        async.converseStream(streamRequest().build(), handler);
        return left.join();
    }

    private String converseStreamFutureCancelled() {
        CompletableFuture<String> begun = new CompletableFuture<>();
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .subscriber(ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(
                                delta -> begun.complete(delta.delta().text()))
                        .build())
                .build();
        CompletableFuture<Void> future = async.converseStream(streamRequest().build(), handler);
        String first = begun.join();
        return first + " " + future.cancel(true) + " " + future.isCancelled();
    }

    private String invoke(String model, String body) {
        return client.invokeModel(
                        r -> r.modelId(model).contentType("application/json").body(SdkBytes.fromUtf8String(body)))
                .body()
                .asUtf8String();
    }

    private String invokeStream(String model, String body) {
        AtomicInteger chunks = new AtomicInteger();
        InvokeModelWithResponseStreamResponseHandler handler = InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                        .onChunk(chunk -> chunks.incrementAndGet())
                        .build())
                .build();
        async.invokeModelWithResponseStream(r -> r.modelId(model).body(SdkBytes.fromUtf8String(body)), handler)
                .join();
        return chunks.get() > 1 ? "chunks" : "too few chunks";
    }

    private String guardrail() {
        return client.applyGuardrail(r -> r.guardrailIdentifier("g1")
                        .guardrailVersion("DRAFT")
                        .source("INPUT")
                        .content(GuardrailContentBlock.fromText(t -> t.text("A fox"))))
                .actionAsString();
    }

    private static ConverseRequest.Builder request() {
        return ConverseRequest.builder()
                .modelId(NOVA)
                .system(s -> s.text("Be kind."))
                .messages(user(ContentBlock.fromText("Say hello")))
                .inferenceConfig(InferenceConfiguration.builder()
                        .temperature(0.5f)
                        .maxTokens(50)
                        .build());
    }

    private static ConverseStreamRequest.Builder streamRequest() {
        return ConverseStreamRequest.builder().modelId(NOVA).messages(user(ContentBlock.fromText("Say hello")));
    }

    private static ConverseRequest.Builder withTools() {
        return request().toolConfig(tool());
    }

    private static ToolConfiguration tool() {
        return ToolConfiguration.builder()
                .tools(Tool.fromToolSpec(t -> t.name("greet")
                        .inputSchema(s -> s.json(Document.mapBuilder()
                                .putString("type", "object")
                                .build()))))
                .build();
    }

    private static Message user(ContentBlock... content) {
        return Message.builder().role(ConversationRole.USER).content(content).build();
    }

    private static String text(ConverseResponse response) {
        return response.output().message().content().get(0).text();
    }
}
