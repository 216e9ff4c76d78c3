package dev.sonde.agent.instrumentation.springai;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Spring AI observes, known by the class of an observation's context. */
enum Kind {
    CLIENT,
    ADVISOR,
    CHAT,
    EMBEDDING,
    IMAGE,
    TOOL,
    STORE;

    private static final String AI = "org.springframework.ai.";

    private static final Map<String, Kind> BY_CONTEXT = Map.of(
            AI + "chat.client.observation.ChatClientObservationContext", CLIENT,
            AI + "chat.client.advisor.observation.AdvisorObservationContext", ADVISOR,
            AI + "chat.observation.ChatModelObservationContext", CHAT,
            AI + "embedding.observation.EmbeddingModelObservationContext", EMBEDDING,
            AI + "image.observation.ImageModelObservationContext", IMAGE,
            AI + "tool.observation.ToolCallingObservationContext", TOOL,
            AI + "vectorstore.observation.VectorStoreObservationContext", STORE);

    private static final ClassValue<Optional<Kind>> FOUND = new ClassValue<>() {
        @Override
        protected Optional<Kind> computeValue(Class<?> type) {
            for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
                Kind kind = BY_CONTEXT.get(parent.getName());
                if (kind != null) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    };

    /** The kind of an observation with this context; null for what is not Spring AI's. */
    static @Nullable Kind of(Object context) {
        return FOUND.get(context.getClass()).orElse(null);
    }

    /** Whether it is one call of a model. */
    boolean isModel() {
        return this == CHAT || this == EMBEDDING || this == IMAGE;
    }
}
