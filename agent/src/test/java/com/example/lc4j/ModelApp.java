package com.example.lc4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.sonde.annotations.Observe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls models as the library's own documentation does. Uses only what every supported version of the library has. */
public final class ModelApp {
    private final ChatModel model;
    private final StreamingChatModel streaming;

    private ModelApp(String baseUrl) {
        model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .temperature(0.5)
                .maxRetries(0)
                .build();
        streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .temperature(0.5)
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        ModelApp app = new ModelApp(arguments[0]);
        Scenarios.play(app::play);
    }

    private String play(String scenario) throws Exception {
        return switch (scenario) {
            case "blocking" -> model.chat("Say hello");
            case "observed" -> observed();
            case "conversation" -> conversation();
            case "tools" -> tools();
            case "subclassed" -> new Counting(model).chat("Say hello");
            case "wrapped" -> new Passing(model).chat("Say hello");
            case "streaming" -> stream(streaming, request(), new Collecting());
            case "observedStreaming" -> observedStreaming();
            case "streamingTools" -> stream(streaming, withTools(), new Collecting());
            case "streamingReaderThrows" -> stream(streaming, request(), new Throwing());
            default -> "unknown scenario";
        };
    }

    @Observe(name = "outer")
    private String observed() {
        return model.chat("Say hello");
    }

    @Observe(name = "outer")
    private String observedStreaming() throws Exception {
        return stream(streaming, request(), new Collecting() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                noted();
                super.onCompleteResponse(response);
            }
        });
    }

    @Observe(name = "noted")
    private void noted() {}

    private String conversation() {
        return model.chat(
                        SystemMessage.from("Be brief"),
                        UserMessage.from(
                                TextContent.from("What is this?"),
                                ImageContent.from("aGVsbG8=", "image/png"),
                                ImageContent.from("https://example.com/cat.png")),
                        AiMessage.from(call("look", "{\"at\":\"it\"}")),
                        ToolExecutionResultMessage.from("call_1", "look", "a cat"))
                .aiMessage()
                .text();
    }

    private String tools() {
        ChatResponse response = model.chat(withTools());
        return response.finishReason() + " "
                + response.aiMessage().toolExecutionRequests().get(0).arguments();
    }

    static String stream(StreamingChatModel model, ChatRequest request, Collecting handler) throws Exception {
        model.chat(request, handler);
        try {
            return handler.done.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : new CompletionException(e.getCause());
        }
    }

    static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from("Say hello")).build();
    }

    private static ChatRequest withTools() {
        ToolSpecification greet = ToolSpecification.builder()
                .name("greet")
                .description("Greets somebody")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("name", "whom")
                        .addEnumProperty("tone", java.util.List.of("warm", "cold"))
                        .required("name")
                        .build())
                .build();
        return ChatRequest.builder()
                .messages(UserMessage.from("Say hello"))
                .parameters(ChatRequestParameters.builder()
                        .toolSpecifications(greet)
                        .maxOutputTokens(50)
                        .build())
                .build();
    }

    private static dev.langchain4j.agent.tool.ToolExecutionRequest call(String name, String arguments) {
        return dev.langchain4j.agent.tool.ToolExecutionRequest.builder()
                .id("call_1")
                .name(name)
                .arguments(arguments)
                .build();
    }

    /** A model of the application's own that answers by asking another. */
    private record Counting(ChatModel asked) implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            return asked.chat(request);
        }
    }

    /** A model of the application's own that hands every call on as it is. */
    private record Passing(ChatModel asked) implements ChatModel {
        @Override
        public ChatResponse chat(ChatRequest request) {
            return asked.chat(request);
        }
    }

    /** Fails when the first words come. */
    private static final class Throwing extends Collecting {
        @Override
        public void onPartialResponse(String part) {
            done.complete("read " + part);
            throw new IllegalStateException("the application's own");
        }
    }

    /** Collects what is streamed. */
    static class Collecting implements dev.langchain4j.model.chat.response.StreamingChatResponseHandler {
        final CompletableFuture<String> done = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onPartialResponse(String part) {
            text.append(part);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            done.complete(text + "|" + response.finishReason());
        }

        @Override
        public void onError(Throwable error) {
            done.completeExceptionally(error);
        }
    }
}
