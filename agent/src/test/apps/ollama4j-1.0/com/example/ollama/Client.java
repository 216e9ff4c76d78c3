package com.example.ollama;

import io.github.ollama4j.OllamaAPI;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatRequestBuilder;
import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import io.github.ollama4j.tools.Tools;
import io.github.ollama4j.utils.OptionsBuilder;
import java.util.List;
import java.util.Map;

/** Calls as older versions of the library have them. */
final class Client {
    private static final String MODEL = "llama3.2";

    private final OllamaAPI ollama;

    Client(String baseUrl) {
        ollama = new OllamaAPI(baseUrl);
        ollama.setVerbose(false);
    }

    String play(String scenario) throws Exception {
        return switch (scenario) {
            case "chat" -> ollama.chatStreaming(request(), null).getResponseModel().getMessage().getContent();
            case "streaming" -> streaming();
            case "tools" -> tools();
            case "generate" ->
                ollama.generate(MODEL, "Say hello", false, new OptionsBuilder().build()).getResponse();
            case "async" -> async();
            case "embed" ->
                ollama.embed("nomic-embed-text", List.of("red fox", "blue whale")).getEmbeddings().size() + " vectors";
            default -> "unknown scenario";
        };
    }

    private String streaming() throws Exception {
        StringBuilder text = new StringBuilder();
        ollama.chatStreaming(request(), part -> text.append(part.getMessage().getContent()));
        return text.toString();
    }

    private String tools() throws Exception {
        ollama.registerTool(Tools.ToolSpecification.builder()
                .functionName("weather")
                .functionDescription("The weather in a city")
                .toolPrompt(Tools.PromptFuncDefinition.builder()
                        .type("function")
                        .function(Tools.PromptFuncDefinition.PromptFuncSpec.builder()
                                .name("weather")
                                .description("The weather in a city")
                                .parameters(Tools.PromptFuncDefinition.Parameters.builder()
                                        .type("object")
                                        .properties(Map.of())
                                        .required(List.of())
                                        .build())
                                .build())
                        .build())
                .toolFunction(arguments -> "rain in " + arguments.get("city"))
                .build());
        return ollama.chatStreaming(request(), null).getResponseModel().getMessage().getContent();
    }

    private String async() throws Exception {
        OllamaAsyncResultStreamer streamer = ollama.generateAsync(MODEL, "Say hello", false);
        streamer.join();
        return streamer.getCompleteResponse();
    }

    private static OllamaChatRequest request() {
        return OllamaChatRequestBuilder.getInstance(MODEL)
                .withMessage(OllamaChatMessageRole.USER, "Say hello")
                .build();
    }
}
