package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
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
                (body, path) -> deployed(OpenAiChat.askedByPrompt(body), path),
                OpenAiChat::answered,
                OpenAiChatStream::new,
                false),
    };

    /** By what a host's name ends with; those of OpenTelemetry where it has one. */
    private static final List<Map.Entry<String, String>> PROVIDERS = List.of(
            Map.entry(".azure.com", "azure.ai.openai"),
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
