package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.wire.AnthropicJson;
import dev.sonde.agent.wire.AnthropicStream;
import dev.sonde.agent.wire.GeminiContent;
import dev.sonde.agent.wire.GeminiEmbeddings;
import dev.sonde.agent.wire.GeminiStream;
import dev.sonde.agent.wire.Ollama;
import dev.sonde.agent.wire.OllamaStream;
import dev.sonde.agent.wire.OpenAiChat;
import dev.sonde.agent.wire.OpenAiChatStream;
import dev.sonde.agent.wire.OpenAiEmbeddings;
import dev.sonde.agent.wire.OpenAiResponseStream;
import dev.sonde.agent.wire.OpenAiResponses;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints that requests are held against, and what they have in common. */
final class Endpoints {
    private static final String GENERATION = "GENERATION";
    private static final String EMBEDDING = "EMBEDDING";
    private static final String OPENAI = "openai";
    private static final String GEMINI = "gcp.gemini";
    private static final String OLLAMA = "ollama";

    /** The name of the model is in the path there, as Azure has it. */
    private static final String DEPLOYMENTS = "/deployments/";

    private static final Endpoint[] ALL = {
        new Endpoint(
                "/chat/completions",
                new Endpoint.Kind(GENERATION, "chat", OPENAI, true),
                body -> isArray(body.get("messages")),
                (body, path) -> deployed(OpenAiChat.asked(body, false), path),
                OpenAiChat::answered,
                OpenAiChatStream::new,
                false),
        new Endpoint(
                "/responses",
                new Endpoint.Kind(GENERATION, "chat", OPENAI, false),
                body -> (body.containsKey("model") && body.containsKey("input")) || body.containsKey("prompt"),
                (body, path) -> OpenAiResponses.asked(body, false),
                OpenAiResponses::answered,
                OpenAiResponseStream::new,
                false),
        new Endpoint(
                "/embeddings",
                new Endpoint.Kind(EMBEDDING, "embeddings", OPENAI, false),
                body -> body.containsKey("input"),
                (body, path) -> deployed(OpenAiEmbeddings.asked(body), path),
                OpenAiEmbeddings::answered,
                Endpoints::streamsNot,
                false),
        new Endpoint(
                "/completions",
                new Endpoint.Kind(GENERATION, "text_completion", OPENAI, false),
                body -> body.containsKey("prompt"),
                (body, path) -> deployed(OpenAiChat.askedByPrompt(body, false), path),
                OpenAiChat::answered,
                OpenAiChatStream::new,
                false),
        new Endpoint(
                "/v1/messages",
                new Endpoint.Kind(GENERATION, "chat", "anthropic", true),
                body -> isArray(body.get("messages")),
                (body, path) -> AnthropicJson.asked(body, false),
                AnthropicJson::answered,
                AnthropicStream::new,
                false),
        new Endpoint(
                ":generateContent",
                new Endpoint.Kind(GENERATION, "generate_content", GEMINI, true),
                body -> isArray(body.get("contents")),
                (body, path) -> GeminiContent.asked(body, geminiModel(path), false),
                GeminiContent::answered,
                GeminiStream::new,
                false),
        new Endpoint(
                ":streamGenerateContent",
                new Endpoint.Kind(GENERATION, "generate_content", GEMINI, true),
                body -> isArray(body.get("contents")),
                (body, path) -> GeminiContent.asked(body, geminiModel(path), true),
                GeminiContent::answered,
                GeminiStream::new,
                true),
        embedding(":embedContent", "content"),
        embedding(":batchEmbedContents", "requests"),
        new Endpoint(
                "/api/chat",
                new Endpoint.Kind(GENERATION, "chat", OLLAMA, false),
                body -> body.containsKey("model") && isArray(body.get("messages")),
                (body, path) -> Ollama.askedByMessages(body),
                Ollama::answered,
                OllamaStream::new,
                false),
        new Endpoint(
                "/api/generate",
                new Endpoint.Kind(GENERATION, "text_completion", OLLAMA, false),
                body -> body.containsKey("model") && body.containsKey("prompt"),
                (body, path) -> Ollama.askedByPrompt(body),
                Ollama::answered,
                OllamaStream::new,
                false),
        new Endpoint(
                "/api/embed",
                new Endpoint.Kind(EMBEDDING, "embeddings", OLLAMA, false),
                body -> body.containsKey("model") && body.containsKey("input"),
                (body, path) -> Ollama.askedForVectors(body),
                Ollama::vectors,
                Endpoints::streamsNot,
                false),
    };

    /** By what a host's name ends with; those of OpenTelemetry where it has one. */
    private static final List<Map.Entry<String, String>> PROVIDERS = List.of(
            Map.entry(".azure.com", "azure.ai.openai"),
            Map.entry("aiplatform.googleapis.com", "gcp.vertex_ai"),
            Map.entry("api.deepseek.com", "deepseek"),
            Map.entry("api.groq.com", "groq"),
            Map.entry("api.mistral.ai", "mistral_ai"),
            Map.entry("api.perplexity.ai", "perplexity"),
            Map.entry("api.x.ai", "x_ai"),
            Map.entry("openrouter.ai", "openrouter"));

    private Endpoints() {}

    /**
     * The endpoint a request goes to; null for any other. Asked for every request of every client, so nothing is made
     * here and nothing but method and path is looked at.
     *
     * @param target a path or a whole URL, with or without a query
     */
    static @Nullable Endpoint of(@Nullable String method, @Nullable String target) {
        if (target == null || !"POST".equals(method)) {
            return null;
        }
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        for (Endpoint endpoint : ALL) {
            String suffix = endpoint.suffix();
            if (target.startsWith(suffix, end - suffix.length())) {
                return endpoint;
            }
        }
        return null;
    }

    /** Whose model a host serves by an endpoint's wire. */
    static String provider(Endpoint endpoint, @Nullable String host) {
        for (Map.Entry<String, String> known : PROVIDERS) {
            if (host != null && host.endsWith(known.getKey())) {
                return known.getValue();
            }
        }
        return endpoint.kind().provider();
    }

    private static Endpoint embedding(String suffix, String contents) {
        return new Endpoint(
                suffix,
                new Endpoint.Kind(EMBEDDING, "embeddings", GEMINI, true),
                body -> body.containsKey(contents),
                (body, path) -> GeminiEmbeddings.asked(body, geminiModel(path)),
                GeminiEmbeddings::answered,
                Endpoints::streamsNot,
                false);
    }

    /** The last name before the colon. */
    private static String geminiModel(String path) {
        int end = path.lastIndexOf(':');
        return path.substring(path.lastIndexOf('/', end) + 1, end);
    }

    private static boolean isArray(@Nullable String json) {
        return json != null && json.startsWith("[");
    }

    /** The same with the model that the path names, when the body names none. */
    private static Asked deployed(Asked asked, String path) {
        int begin = path.indexOf(DEPLOYMENTS);
        if (asked.model() != null || begin < 0) {
            return asked;
        }
        String name = path.substring(begin + DEPLOYMENTS.length());
        int end = name.indexOf('/');
        return new Asked(asked.operation(), end < 0 ? name : name.substring(0, end), asked.input(), asked.parameters());
    }

    private static Fold streamsNot() {
        throw new UnsupportedOperationException("embeddings do not stream");
    }
}
