package dev.sonde.agent.tooling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is observed by configuration: methods by name, and methods with an annotation that is not ours.
 *
 * @param methods observed methods by the binary name of their class
 * @param adopted observation type by the descriptor of the annotation
 */
public record Selection(Map<String, List<Configured>> methods, Map<String, String> adopted) {

    /** Nothing. */
    public static final Selection NONE = new Selection(Map.of(), Map.of());

    private static final Set<String> TYPES = Set.of(
            "SPAN",
            "GENERATION",
            "EVENT",
            "AGENT",
            "TOOL",
            "CHAIN",
            "RETRIEVER",
            "EVALUATOR",
            "EMBEDDING",
            "GUARDRAIL");

    /**
     * One configured entry.
     *
     * @param method {@code *} for every public method
     * @param type upper-case wire name
     */
    record Configured(String method, String type) {

        boolean matches(DeclaredClass.Method declared) {
            return method.equals("*")
                    ? declared.is(net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC)
                            && !declared.name().startsWith("<")
                    : method.equals(declared.name());
        }
    }

    /**
     * Reads the options {@code observe} and {@code adopt}.
     *
     * @param observe entries {@code class#method} or {@code class#method:type}
     * @param adopt entries {@code annotation} or {@code annotation:type}
     * @throws IllegalArgumentException when an entry breaks its rule
     */
    public static Selection of(List<String> observe, List<String> adopt) {
        Map<String, List<Configured>> methods = new HashMap<>();
        for (String entry : observe) {
            int hash = entry.indexOf('#');
            String rest = entry.substring(hash + 1);
            if (hash < 1 || nameOf(rest).isEmpty()) {
                throw new IllegalArgumentException(
                        "observe: " + entry + " (expected: class#method or class#method:type)");
            }
            methods.computeIfAbsent(entry.substring(0, hash), k -> new ArrayList<>())
                    .add(new Configured(nameOf(rest), typeOf("observe", rest)));
        }
        Map<String, String> adopted = new HashMap<>();
        for (String entry : adopt) {
            adopted.put('L' + nameOf(entry).replace('.', '/') + ';', typeOf("adopt", entry));
        }
        return new Selection(methods, adopted);
    }

    private static String nameOf(String entry) {
        int colon = entry.indexOf(':');
        return colon < 0 ? entry : entry.substring(0, colon);
    }

    private static String typeOf(String option, String entry) {
        int colon = entry.indexOf(':');
        String type = colon < 0 ? "SPAN" : entry.substring(colon + 1).toUpperCase(Locale.ROOT);
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException(
                    option + ": " + entry + " (expected a type: span, generation, event, agent,"
                            + " tool, chain, retriever, evaluator, embedding or guardrail)");
        }
        return type;
    }
}
