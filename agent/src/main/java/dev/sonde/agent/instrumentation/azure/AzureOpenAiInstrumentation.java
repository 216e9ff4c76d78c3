package dev.sonde.agent.instrumentation.azure;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is hooked in Azure's OpenAI client. See the package for what that covers. */
public final class AzureOpenAiInstrumentation implements LibraryInstrumentation {
    private static final String PACKAGE = "com.azure.ai.openai.";
    private static final String MODELS = PACKAGE + "models.";
    private static final String STREAM_OPTIONS = MODELS + "ChatCompletionStreamOptions";
    private static final String REQUEST_OPTIONS = "com.azure.core.http.rest.RequestOptions";

    @Override
    public String library() {
        return "azure-ai-openai";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.values()) {
            addPlain(methods, "OpenAIClient", endpoint, null);
            addPlain(methods, "OpenAIAsyncClient", endpoint, AzureOpenAiSite.MONO);
        }
        addStreams(methods, "OpenAIClient", null);
        addStreams(methods, "OpenAIAsyncClient", AzureOpenAiSite.FLUX);
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(MODELS + "ChatCompletions", "getChoices", List.of()),
                new RequiredMethod(MODELS + "ChatChoice", "getDelta", List.of()));
    }

    private static void addPlain(
            List<LibraryMethod> methods, String client, Endpoint endpoint, @Nullable String publisher) {
        AzureOpenAiSite site = new AzureOpenAiSite(endpoint, false, publisher);
        String name = "get" + endpoint.method();
        methods.add(method(client, name, endpoint, site));
        methods.add(method(client, name + "WithResponse", endpoint, site, REQUEST_OPTIONS));
    }

    private static void addStreams(List<LibraryMethod> methods, String client, @Nullable String publisher) {
        AzureOpenAiSite site = new AzureOpenAiSite(Endpoint.CHAT, true, publisher);
        String name = "getChatCompletionsStream";
        methods.add(method(client, name, Endpoint.CHAT, site));
        methods.add(method(client, name, Endpoint.CHAT, site, STREAM_OPTIONS).ifThere());
        methods.add(method(client, name + "WithResponse", Endpoint.CHAT, site, REQUEST_OPTIONS));
    }

    private static LibraryMethod method(
            String client, String name, Endpoint endpoint, AzureOpenAiSite site, String... further) {
        List<String> parameters = new ArrayList<>(List.of("java.lang.String", MODELS + endpoint.options()));
        parameters.addAll(List.of(further));
        return new LibraryMethod(PACKAGE + client, name, parameters, () -> site);
    }
}
