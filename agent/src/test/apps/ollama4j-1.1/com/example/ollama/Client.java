package com.example.ollama;

import dev.sonde.annotations.Observe;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.agent.Agent;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatStreamObserver;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.generate.OllamaGenerateRequest;
import io.github.ollama4j.models.generate.OllamaGenerateStreamObserver;
import io.github.ollama4j.models.request.ThinkMode;
import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import io.github.ollama4j.tools.Tools;
import io.github.ollama4j.utils.OptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls as the newest versions of the library have them. */
final class Client {
    private static final String MODEL = "llama3.2";

    private final Ollama ollama;

    Client(String baseUrl) {
        ollama = new Ollama(baseUrl);
    }

    String play(String scenario) throws Exception {
        return switch (scenario) {
            case "chat" -> chat(request());
            case "observed" -> observed();
            case "thinking" -> chat(request().withThinking(ThinkMode.ENABLED));
            case "options" -> chat(request().withOptions(new OptionsBuilder().setTemperature(0.5f).build()));
            case "streaming" -> streaming();
            case "readerThrows" -> readerThrows();
            case "interrupted" -> interrupted();
            case "tools" -> chat(request().withTools(new ArrayList<>(List.of(weather()))));
            case "generate" -> ollama.generate(prompt(), null).getResponse();
            case "generateStreaming" -> generateStreaming();
            case "generateImage" -> ollama.generate(prompt().withImagesBase64(List.of("iVBORw0KGgo=")), null).getResponse();
            case "async" -> async();
            case "agent" -> agent();
            case "embed" -> embed();
            default -> "unknown scenario";
        };
    }

    @Observe(name = "outer")
    private String observed() throws Exception {
        return chat(request());
    }

    private String chat(OllamaChatRequest request) throws Exception {
        return ollama.chat(request, null).getResponseModel().getMessage().getResponse();
    }

    private String streaming() throws Exception {
        StringBuilder text = new StringBuilder();
        ollama.chat(request(), part -> text.append(part.getMessage().getResponse()));
        return text.toString();
    }

    private String readerThrows() throws Exception {
        ollama.chat(request(), part -> {
            throw new IllegalStateException("the application's own");
        });
        return "not thrown";
    }

    private String interrupted() throws Exception {
        Thread.currentThread().interrupt();
        return chat(request());
    }

    private String generateStreaming() throws Exception {
        StringBuilder text = new StringBuilder();
        ollama.generate(
                prompt().withThink(ThinkMode.ENABLED), new OllamaGenerateStreamObserver(text::append, text::append));
        return text.toString();
    }

    @Observe(name = "outer")
    private String async() throws Exception {
        OllamaAsyncResultStreamer streamer = ollama.generateAsync(MODEL, "Say hello", false, ThinkMode.DISABLED);
        streamer.join();
        return streamer.getCompleteResponse();
    }

    private String agent() throws Exception {
        Agent agent = new Agent("reporter", ollama, MODEL, null, new ArrayList<>(List.of(weather())));
        StringBuilder text = new StringBuilder();
        agent.interact("How is the weather in Oslo?", new OllamaChatStreamObserver(text::append, text::append));
        return text.toString();
    }

    private String embed() throws Exception {
        return ollama.embed(new OllamaEmbedRequest("nomic-embed-text", List.of("red fox", "blue whale")))
                        .getEmbeddings()
                        .size()
                + " vectors";
    }

    private static OllamaChatRequest request() {
        return OllamaChatRequest.builder().withModel(MODEL).withMessage(OllamaChatMessageRole.USER, "Say hello");
    }

    private static OllamaGenerateRequest prompt() {
        return OllamaGenerateRequest.builder().withModel(MODEL).withPrompt("Say hello");
    }

    private static Tools.Tool weather() {
        return Tools.Tool.builder()
                .toolSpec(Tools.ToolSpec.builder()
                        .name("weather")
                        .description("The weather in a city")
                        .parameters(Tools.Parameters.of(Map.of(
                                "city",
                                Tools.Property.builder()
                                        .type("string")
                                        .description("a city")
                                        .required(true)
                                        .build())))
                        .build())
                .toolFunction(arguments -> {
                    if (arguments.get("city").equals("Atlantis")) {
                        throw new IllegalArgumentException("no such city");
                    }
                    return "rain in " + arguments.get("city");
                })
                .build();
    }
}
