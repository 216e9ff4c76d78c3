package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/** What is hooked in ollama4j. See the package for what that covers. */
public final class OllamaInstrumentation implements LibraryInstrumentation {
    private static final String PACKAGE = "io.github.ollama4j.";
    private static final String MODELS = PACKAGE + "models.";
    private static final String CHAT_CALLER = MODELS + "request.OllamaChatEndpointCaller";
    private static final String PROMPT_CALLER = MODELS + "request.OllamaGenerateEndpointCaller";
    private static final String CHAT_REQUEST = MODELS + "chat.OllamaChatRequest";
    private static final String BUFFER = "java.lang.StringBuilder";
    private static final String STRING = "java.lang.String";

    @Override
    public String library() {
        return "ollama4j";
    }

    /** The client's class has had another name, and other requests. */
    @Override
    public List<LibraryMethod> methods() {
        return List.of(
                new LibraryMethod(CHAT_CALLER, "callSync", List.of(CHAT_REQUEST), () -> new Callers.Call(true)),
                new LibraryMethod(
                        PROMPT_CALLER,
                        "callSync",
                        List.of(PACKAGE + "utils.OllamaRequestBody"),
                        () -> new Callers.Call(false)),
                line(CHAT_CALLER),
                line(PROMPT_CALLER),
                new LibraryMethod(CHAT_CALLER, "handleErrorStatus", List.of("int", STRING, BUFFER), Callers.Status::new)
                        .ifThere(),
                new LibraryMethod(MODELS + "response.OllamaAsyncResultStreamer", "run", List.of(), Streamers.Run::new),
                new LibraryMethod(
                        MODELS + "generate.OllamaGenerateResponseModel", "isDone", List.of(), Streamers.Part::new),
                new LibraryMethod(
                        PACKAGE + "Ollama",
                        "chat",
                        List.of(CHAT_REQUEST, MODELS + "chat.OllamaChatTokenHandler"),
                        Loops.Chat::new),
                new LibraryMethod(
                        PACKAGE + "OllamaAPI",
                        "chatStreaming",
                        List.of(CHAT_REQUEST, MODELS + "generate.OllamaTokenHandler"),
                        Loops.Chat::new),
                new LibraryMethod(PACKAGE + "tools.Tools$Tool", "getToolFunction", List.of(), Loops.ToolFunction::new),
                new LibraryMethod(
                        PACKAGE + "tools.ToolRegistry", "getToolFunction", List.of(STRING), Loops.ToolFunction::new),
                new LibraryMethod(
                                PACKAGE + "agent.Agent",
                                "interact",
                                List.of(STRING, MODELS + "chat.OllamaChatStreamObserver"),
                                Loops.Agent::new)
                        .ifThere(),
                new LibraryMethod(
                        PACKAGE + "Ollama", "embed", List.of(MODELS + "embed.OllamaEmbedRequest"), EmbeddingSite::new),
                new LibraryMethod(
                        PACKAGE + "OllamaAPI",
                        "embed",
                        List.of(MODELS + "embeddings.OllamaEmbedRequestModel"),
                        EmbeddingSite::new));
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(CHAT_CALLER, "callSync", List.of(CHAT_REQUEST)),
                new RequiredMethod(MODELS + "request.OllamaEndpointCaller", "getHost", List.of()));
    }

    /** Later versions gather thoughts beside the answer. */
    private static LibraryMethod line(String caller) {
        String method = "parseResponseAndAddToBuffer";
        return new LibraryMethod(caller, method, List.of(STRING, BUFFER, BUFFER), Callers.Line::new)
                .or(new LibraryMethod(caller, method, List.of(STRING, BUFFER), Callers.Line::new));
    }
}
