package dev.sonde.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a project reaches a provider of models. What is secret is sealed: readable only with the server's own key.
 *
 * @param provider its name, unique in the project
 * @param displaySecret the end of the secret key, for people
 * @param sealedHeaders a JSON object with the extra headers; null when there are none
 * @param config a JSON object as text; null when the adapter needs none
 */
public record LlmConnection(
        String id,
        String projectId,
        String provider,
        Adapter adapter,
        String displaySecret,
        String sealedSecret,
        @Nullable String baseUrl,
        List<String> customModels,
        boolean withDefaultModels,
        List<String> extraHeaderNames,
        @Nullable String sealedHeaders,
        @Nullable String config,
        Instant createdAt,
        Instant updatedAt) {

    public LlmConnection {
        customModels = List.copyOf(customModels);
        extraHeaderNames = List.copyOf(extraHeaderNames);
    }

    /** Which interface the provider speaks. */
    public enum Adapter {
        ANTHROPIC("anthropic"),
        OPENAI("openai"),
        AZURE("azure"),
        BEDROCK("bedrock"),
        VERTEX_AI("google-vertex-ai"),
        AI_STUDIO("google-ai-studio");

        private final String wireName;

        Adapter(String wireName) {
            this.wireName = wireName;
        }

        /** As clients write it. */
        public String wireName() {
            return wireName;
        }
    }
}
