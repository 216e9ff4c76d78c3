package com.example.lc4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Lets the library implement interfaces. Uses only what every supported version of the library has. */
public final class ServiceApp {
    interface Assistant {
        String chat(String question);

        @SystemMessage("You translate")
        @UserMessage("Say {{text}} in {{language}}")
        Result<String> translate(@V("text") String text, @V("language") String language);

        TokenStream stream(String question);
    }

    interface Remembering {
        String chat(@MemoryId String user, @UserMessage String question);
    }

    /** What the model may call. */
    static final class Weather {
        @Tool("The weather of a city")
        String weather(String city) {
            if (city.isEmpty()) {
                throw new IllegalArgumentException("which city?");
            }
            return "rain";
        }
    }

    private ServiceApp() {}

    public static void main(String[] arguments) throws Exception {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
        OpenAiStreamingChatModel streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .build();
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .streamingChatModel(streaming)
                .tools(new Weather())
                .build();
        Remembering remembering = AiServices.builder(Remembering.class)
                .chatModel(model)
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
                .build();
        Scenarios.play(scenario -> switch (scenario) {
            case "chat" -> assistant.chat("How is the weather in Paris?");
            case "result" -> assistant.translate("hello", "French").content();
            case "memory" -> remembering.chat("ada", "Say hello");
            case "stream" -> read(assistant.stream("How is the weather in Paris?"));
            case "object" -> String.valueOf(assistant.equals(assistant) || assistant.hashCode() != 0);
            default -> "unknown scenario";
        });
    }

    private static String read(TokenStream stream) throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        stream.onPartialResponse(part -> {})
                .onCompleteResponse(
                        response -> done.complete(response.aiMessage().text()))
                .onError(done::completeExceptionally)
                .start();
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
