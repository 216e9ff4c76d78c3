package com.example.lc4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialStreamingChatModel;

/** The library on top of the provider's own client. */
public final class OfficialApp {
    private OfficialApp() {}

    public static void main(String[] arguments) throws Exception {
        ChatModel model = OpenAiOfficialChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
        StreamingChatModel streaming = OpenAiOfficialStreamingChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
        Scenarios.play(scenario -> switch (scenario) {
            case "blocking" -> model.chat("Say hello");
            case "streaming" -> ModelApp.stream(streaming, ModelApp.request(), new ModelApp.Collecting());
            default -> "unknown scenario";
        });
    }
}
