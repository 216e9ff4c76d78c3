package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in openai-java. See the package for what that covers. */
public final class OpenAiInstrumentation implements LibraryInstrumentation {
    private static final String REQUEST_OPTIONS = "com.openai.core.RequestOptions";

    @Override
    public String library() {
        return "openai-java";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        String chat = "com.openai.models.chat.completions.ChatCompletionCreateParams";
        addAll(methods, "chat.ChatCompletionService", chat, new ChatEndpoint(), true);
        String embeddings = "com.openai.models.embeddings.EmbeddingCreateParams";
        addAll(methods, "EmbeddingService", embeddings, new EmbeddingsEndpoint(), false);
        String responses = "com.openai.models.responses.ResponseCreateParams";
        addAll(methods, "ResponseService", responses, new ResponsesEndpoint(), true);
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod("com.openai.core.ClientOptions", "jsonMapper", List.of()),
                new RequiredMethod("com.openai.core.http.HttpResponseFor", "parse", List.of()));
    }

    private static void addAll(
            List<LibraryMethod> methods, String service, String params, Endpoint endpoint, boolean streams) {
        List<String> parameters = List.of(params, REQUEST_OPTIONS);
        for (String implementation : List.of("blocking." + service + "Impl", "async." + service + "AsyncImpl")) {
            String className = "com.openai.services." + implementation + "$WithRawResponseImpl";
            methods.add(new LibraryMethod(className, "create", parameters, () -> new OpenAiSite(endpoint, false)));
            if (streams) {
                methods.add(new LibraryMethod(
                        className, "createStreaming", parameters, () -> new OpenAiSite(endpoint, true)));
            }
        }
    }
}
