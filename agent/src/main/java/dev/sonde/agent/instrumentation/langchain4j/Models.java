package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What chat models are asked and answer. */
public final class Models {
    /** Providers by the library's names for them, where the GenAI conventions have another one. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "OPEN_AI", "openai",
            "AMAZON_BEDROCK", "aws.bedrock",
            "AZURE_OPEN_AI", "azure.ai.openai",
            "GOOGLE_AI_GEMINI", "gcp.gemini",
            "GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai",
            "GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai",
            "WATSONX", "ibm.watsonx.ai");

    private static final String MODELS = "dev.langchain4j.model.";

    /** Providers by the library's packages for them, where the GenAI conventions have another word. */
    private static final Map<String, String> PACKAGES = Map.of(
            "openai", "openai",
            "openaiofficial", "openai",
            "azure", "azure.ai.openai",
            "bedrock", "aws.bedrock",
            "google", "gcp.gemini",
            "googleai", "gcp.gemini",
            "mistralai", "mistral_ai",
            "vertexai", "gcp.vertex_ai",
            "voyageai", "voyage_ai",
            "watsonx", "ibm.watsonx.ai");

    /** Packages of no provider. */
    private static final Set<String> WITHOUT_PROVIDER = Set.of("chat", "embedding", "image", "moderation", "scoring");

    /** Models that run in the process; they are not told a name, each is a class. */
    private static final String IN_PROCESS = MODELS + "embedding.onnx.";

    private static final String CHAT = "chat";

    private Models() {}

    /**
     * Reads a request.
     *
     * @param model the library's model, whose defaults hold where the request sets nothing
     */
    static Asked asked(Object model, Object request, boolean streaming) {
        Object own = LibraryObjects.get(request, "parameters");
        Object defaults = LibraryObjects.get(model, "defaultRequestParameters");
        Object merged = LibraryObjects.call(defaults, "overrideWith", own);
        Object parameters = merged == null ? own : merged;

        String messages = Messages.array(LibraryObjects.get(request, "messages"));
        String tools = Schemas.tools(LibraryObjects.get(parameters, "toolSpecifications"));
        String input = messages == null || tools == null
                ? messages
                : new Json().raw("messages", messages).raw("tools", tools).toString();
        String format = Schemas.responseFormat(LibraryObjects.get(parameters, "responseFormat"));
        return new Asked(
                CHAT,
                LibraryObjects.text(parameters, "modelName"),
                input,
                Parameters.of(parameters, format, streaming),
                provider(model),
                null);
    }

    /** Names a call after the model that answered, for models that do not know which one they ask. */
    static void name(ModelCall call, @Nullable Object response) {
        String model = LibraryObjects.text(response, "modelName");
        if (model != null) {
            call.note(observation -> {
                if (observation.name().equals(CHAT)) {
                    observation.name(CHAT + " " + model);
                }
            });
        }
    }

    /** Reads the library's response; null is an answer without anything. */
    static Answered answered(@Nullable Object response) {
        Object reason = LibraryObjects.get(response, "finishReason");
        return new Answered(
                LibraryObjects.text(response, "id"),
                LibraryObjects.text(response, "modelName"),
                response == null ? null : Messages.message(LibraryObjects.get(response, "aiMessage")),
                TokenUsages.buckets(LibraryObjects.get(response, "tokenUsage")),
                reason == null ? List.of() : List.of(finishReason(reason.toString())),
                null);
    }

    /** The library's reason by the name that chat completions give it. */
    private static String finishReason(String reason) {
        return reason.equals("TOOL_EXECUTION") ? "tool_calls" : reason.toLowerCase(Locale.ROOT);
    }

    /** The cause that knows the HTTP status, which the library wraps into an exception of its own; else the error itself. */
    public static Throwable failure(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 5; depth++) {
            if (LibraryObjects.get(cause, "statusCode") instanceof Integer) {
                return cause;
            }
            cause = cause.getCause();
        }
        return error;
    }

    /** Who runs the model, by what it says or by the library's package for it; null when neither tells. */
    public static @Nullable String provider(Object model) {
        String provider = LibraryObjects.text(model, "provider");
        return provider == null || provider.equals("OTHER")
                ? providerOf(model.getClass().getName())
                : PROVIDERS.getOrDefault(provider, provider.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String providerOf(String className) {
        int end = className.indexOf('.', MODELS.length());
        if (!className.startsWith(MODELS) || end < 0) {
            return null;
        }
        String name = className.substring(MODELS.length(), end);
        return WITHOUT_PROVIDER.contains(name) ? null : PACKAGES.getOrDefault(name, name);
    }

    /** The name by which a model asks its provider, of models in the process their class's; null when it does not tell. */
    public static @Nullable String modelName(Object model) {
        String name = known(LibraryObjects.text(model, "modelName"));
        if (name == null && LibraryObjects.field(model, "modelName") instanceof String field) {
            name = known(field);
        }
        Class<?> type = model.getClass();
        return name == null && type.getName().startsWith(IN_PROCESS)
                ? type.getSimpleName().replaceFirst("EmbeddingModel$", "")
                : name;
    }

    /** A name that the library was told; null for the word by which it says that it was not. */
    public static @Nullable String known(@Nullable String modelName) {
        return "unknown".equals(modelName) ? null : modelName;
    }
}
