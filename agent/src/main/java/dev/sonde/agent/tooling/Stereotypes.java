package dev.sonde.agent.tooling;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Annotations that stand for {@code @Observe} because they carry it. Known by name once they were read, whatever loader
 * they came from: two annotations of one name that mean different things are not told apart.
 */
final class Stereotypes {

    private static final Map<String, Optional<Map<String, Object>>> KNOWN = new ConcurrentHashMap<>();

    private static final Map<String, String> OURS = Map.of(
            "Generation", "GENERATION",
            "Agent", "AGENT",
            "Tool", "TOOL",
            "Chain", "CHAIN",
            "Retriever", "RETRIEVER",
            "Embedding", "EMBEDDING",
            "Evaluator", "EVALUATOR",
            "Guardrail", "GUARDRAIL");

    private Stereotypes() {}

    /** What the annotation says by carrying {@code @Observe}; null when it does not. */
    static @Nullable Map<String, Object> meaning(String descriptor, ClassSource source) {
        if (descriptor.startsWith(DeclaredClass.ANNOTATIONS)) {
            String type = OURS.get(descriptor.substring(DeclaredClass.ANNOTATIONS.length(), descriptor.length() - 1));
            return type == null ? null : Map.of("type", type);
        }
        if (descriptor.startsWith("Ljava/") || descriptor.startsWith("Lkotlin/")) {
            return null;
        }
        return KNOWN.computeIfAbsent(descriptor, annotation -> read(annotation, source))
                .orElse(null);
    }

    private static Optional<Map<String, Object>> read(String descriptor, ClassSource source) {
        byte[] classFile = source.read(descriptor.substring(1, descriptor.length() - 1));
        return classFile == null
                ? Optional.empty()
                : Optional.ofNullable(
                        DeclaredClass.read(classFile).annotations().get(DeclaredClass.ANNOTATIONS + "Observe;"));
    }
}
