package com.example.dashscope;

import com.alibaba.dashscope.aigc.generation.Generation;
import com.alibaba.dashscope.aigc.generation.GenerationParam;
import com.alibaba.dashscope.aigc.generation.GenerationResult;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversation;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationParam;
import com.alibaba.dashscope.aigc.multimodalconversation.MultiModalConversationResult;
import com.alibaba.dashscope.common.Message;
import com.alibaba.dashscope.common.MultiModalMessage;
import com.alibaba.dashscope.common.ResultCallback;
import com.alibaba.dashscope.embeddings.TextEmbedding;
import com.alibaba.dashscope.embeddings.TextEmbeddingParam;
import com.alibaba.dashscope.embeddings.TextEmbeddingResult;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.tools.FunctionDefinition;
import com.alibaba.dashscope.tools.ToolFunction;
import com.alibaba.dashscope.utils.Constants;
import com.google.gson.JsonObject;
import dev.sonde.annotations.Observe;
import io.reactivex.Flowable;
import io.reactivex.disposables.Disposable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
public final class DashScopeApp {
    private final Generation generation = new Generation();
    private final MultiModalConversation conversation = new MultiModalConversation();
    private final TextEmbedding embedding = new TextEmbedding();

    public static void main(String[] arguments) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off"); // the SDK brings its own logger
        Constants.baseHttpApiUrl = arguments[0];
        Constants.apiKey = "key";
        DashScopeApp app = new DashScopeApp();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    private String play(String scenario) {
        try {
            return switch (scenario) {
                case "chat" -> text(generation.call(param(false).build()));
                case "observed" -> observed();
                case "prompt" -> prompt();
                case "tools" -> tools();
                case "callback" -> callback();
                case "stream" -> joined(generation.streamCall(param(true).build()));
                case "streamWhole" -> joined(generation.streamCall(param(false).build()));
                case "streamTools" -> streamTools();
                case "streamTwice" -> streamTwice();
                case "streamNever" -> generation.streamCall(param(true).build()) == null ? "null" : "unused";
                case "streamCallback" -> streamCallback();
                case "streamLeft" -> streamLeft();
                case "image" -> said(conversation.call(image()));
                case "imageCallback" -> imageCallback();
                case "imageStream" -> imageStream();
                case "embed" -> vectors(embedding.call(texts()));
                case "embedCallback" -> embedCallback();
                default -> "unknown scenario";
            };
        } catch (ExecutionException | CompletionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        } catch (Exception e) {
            return failed(e);
        }
    }

    private static String failed(Throwable error) {
        return error instanceof ApiException refused
                ? "threw ApiException " + refused.getStatus().getStatusCode() + " "
                        + refused.getStatus().getMessage()
                : "threw " + error;
    }

    @Observe(name = "outer")
    private String observed() throws Exception {
        return text(generation.call(param(false).build()));
    }

    private String prompt() throws Exception {
        GenerationParam param =
                GenerationParam.builder().model("qwen-plus").prompt("Say hello").build();
        return generation.call(param).getOutput().getText();
    }

    private String tools() throws Exception {
        return generation
                .call(param(false).tools(List.of(greet())).build())
                .getOutput()
                .getChoices()
                .get(0)
                .getFinishReason();
    }

    private String callback() throws Exception {
        Last<GenerationResult> last = new Last<>(DashScopeApp::text);
        generation.call(param(false).build(), last);
        return last.said.get();
    }

    private String streamTools() throws Exception {
        return generation
                .streamCall(param(true).tools(List.of(greet())).build())
                .blockingLast()
                .getOutput()
                .getChoices()
                .get(0)
                .getFinishReason();
    }

    private String streamTwice() throws Exception {
        Flowable<GenerationResult> results = generation.streamCall(param(true).build());
        return joined(results) + " and " + joined(results);
    }

    private String streamCallback() throws Exception {
        StringBuilder text = new StringBuilder();
        Last<GenerationResult> last = new Last<>(result -> text.append(text(result)).toString());
        generation.streamCall(param(true).build(), last);
        return last.said.get();
    }

    /** Leaves when the first part is here. */
    private String streamLeft() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Disposable subscription =
                generation.streamCall(param(true).build()).subscribe(result -> begun.countDown(), error -> {});
        begun.await();
        subscription.dispose();
        return "left";
    }

    private String imageCallback() throws Exception {
        Last<MultiModalConversationResult> last = new Last<>(DashScopeApp::said);
        conversation.call(image(), last);
        return last.said.get();
    }

    private String imageStream() throws Exception {
        StringBuilder text = new StringBuilder();
        MultiModalConversationParam param = image();
        param.setIncrementalOutput(true);
        conversation.streamCall(param).blockingForEach(result -> text.append(said(result)));
        return text.toString();
    }

    private String embedCallback() throws Exception {
        Last<TextEmbeddingResult> last = new Last<>(DashScopeApp::vectors);
        embedding.call(texts(), last);
        return last.said.get();
    }

    private static GenerationParam.GenerationParamBuilder<?, ?> param(boolean pieces) {
        return GenerationParam.builder()
                .model("qwen-plus")
                .messages(List.of(
                        Message.builder().role("system").content("Be kind.").build(),
                        Message.builder().role("user").content("Say hello").build()))
                .resultFormat(GenerationParam.ResultFormat.MESSAGE)
                .temperature(0.5f)
                .incrementalOutput(pieces);
    }

    private static ToolFunction greet() {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("type", "object");
        return ToolFunction.builder()
                .function(FunctionDefinition.builder()
                        .name("greet")
                        .description("Greets.")
                        .parameters(parameters)
                        .build())
                .build();
    }

    private static MultiModalConversationParam image() {
        return MultiModalConversationParam.builder()
                .model("qwen-vl-plus")
                .message(MultiModalMessage.builder()
                        .role("user")
                        .content(List.of(
                                Map.of("image", "https://example.com/fox.png"), Map.of("text", "What is this?")))
                        .build())
                .build();
    }

    private static TextEmbeddingParam texts() {
        return TextEmbeddingParam.builder()
                .model("text-embedding-v4")
                .texts(List.of("red fox", "hen"))
                .build();
    }

    private static String text(GenerationResult result) {
        return result.getOutput().getChoices().get(0).getMessage().getContent();
    }

    private static String said(MultiModalConversationResult result) {
        List<Map<String, Object>> content =
                result.getOutput().getChoices().get(0).getMessage().getContent();
        return content == null || content.isEmpty() ? "" : String.valueOf(content.get(0).get("text"));
    }

    private static String vectors(TextEmbeddingResult result) {
        return result.getOutput().getEmbeddings().size() + " vectors";
    }

    /** Pieces put together; of parts that each have all before them the last. */
    private static String joined(Flowable<GenerationResult> results) {
        StringBuilder text = new StringBuilder();
        results.blockingForEach(result -> {
            String said = text(result);
            if (!text.isEmpty() && said.startsWith(text.toString())) {
                text.setLength(0);
            }
            text.append(said);
        });
        return text.toString();
    }

    /** Keeps what was made of the last event. */
    private static final class Last<T> extends ResultCallback<T> {
        final CompletableFuture<String> said = new CompletableFuture<>();
        private final Function<T, String> reading;
        private String last = "nothing";

        Last(Function<T, String> reading) {
            this.reading = reading;
        }

        @Override
        public void onEvent(T result) {
            last = reading.apply(result);
        }

        @Override
        public void onComplete() {
            said.complete(last);
        }

        @Override
        public void onError(Exception error) {
            said.completeExceptionally(error);
        }
    }
}
