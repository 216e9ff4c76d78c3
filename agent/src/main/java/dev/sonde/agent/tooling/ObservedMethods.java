package dev.sonde.agent.tooling;

import dev.sonde.agent.tooling.DeclaredClass.Method;
import dev.sonde.runtime.ObservedMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Decides which methods of a class file are observed, and as what. The first of these counts: {@code @Observe} on the
 * method, a stereotype on it, an adopted annotation, the configuration, the class's own annotation, an inherited one.
 * Bridge and synthetic methods repeat their target's annotations and are left out.
 */
final class ObservedMethods {

    private static final String OBSERVE = DeclaredClass.ANNOTATIONS + "Observe;";
    private static final String IGNORE = DeclaredClass.ANNOTATIONS + "ObserveIgnore;";
    private static final int WITHOUT_CODE = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;
    private static final int REPEATED = Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    private final DeclaredClass declared;
    private final Selection selection;
    private final ClassSource source;
    private @Nullable Map<String, Map<String, Object>> inherited;

    private ObservedMethods(DeclaredClass declared, Selection selection, ClassSource source) {
        this.declared = declared;
        this.selection = selection;
        this.source = source;
    }

    /** The observed methods with code by name and descriptor, as in {@code ask(Ljava/lang/String;)V}. */
    static Map<String, ObservedMethod> of(byte[] classFile, Selection selection, ClassSource source) {
        return new ObservedMethods(DeclaredClass.read(classFile), selection, source).find();
    }

    private Map<String, ObservedMethod> find() {
        Map<String, ObservedMethod> found = new LinkedHashMap<>();
        for (Method method : declared.methods()) {
            Map<String, Object> says = method.is(WITHOUT_CODE | REPEATED) ? null : says(method);
            if (says != null) {
                found.put(
                        method.signature(),
                        new ObservedMethod(
                                declared.name(),
                                method.name(),
                                method.parameters(),
                                Type.getReturnType(method.descriptor()).getSort() != Type.VOID,
                                says));
            }
        }
        return found;
    }

    private @Nullable Map<String, Object> says(Method method) {
        if (method.name().equals("<clinit>") || method.annotations().containsKey(IGNORE)) {
            return null;
        }
        Map<String, Object> own = annotated(method.annotations());
        if (own != null) {
            return own;
        }
        for (String annotation : method.annotations().keySet()) {
            String type = selection.adopted().get(annotation);
            if (type != null) {
                return Map.of("type", type);
            }
        }
        for (Selection.Configured configured : selection.methods().getOrDefault(declared.name(), List.of())) {
            if (configured.matches(method)) {
                return Map.of("type", configured.type());
            }
        }
        if (method.name().equals("<init>")) {
            return null;
        }
        Map<String, Object> ofClass = method.is(Opcodes.ACC_PUBLIC) ? annotated(declared.annotations()) : null;
        return ofClass != null && !declared.isAnnotation() ? withoutName(ofClass) : inheritedBy(method);
    }

    /** What {@code @Observe} or a stereotype among these annotations says; null when there is none. */
    private @Nullable Map<String, Object> annotated(Map<String, Map<String, Object>> annotations) {
        Map<String, Object> own = annotations.get(OBSERVE);
        if (own != null) {
            return own;
        }
        for (Map.Entry<String, Map<String, Object>> annotation : annotations.entrySet()) {
            Map<String, Object> meta = Stereotypes.meaning(annotation.getKey(), source);
            if (meta != null) {
                Map<String, Object> says = new HashMap<>(meta);
                Object name = annotation
                        .getValue()
                        .getOrDefault("name", annotation.getValue().get("value"));
                if (name != null) {
                    says.put("name", name);
                }
                return says;
            }
        }
        return null;
    }

    /** The name of a class's annotation would be the same for all its methods. */
    private static Map<String, Object> withoutName(Map<String, Object> says) {
        Map<String, Object> unnamed = new HashMap<>(says);
        unnamed.keySet().removeAll(Set.of("name", "value"));
        return unnamed;
    }

    private @Nullable Map<String, Object> inheritedBy(Method method) {
        if (method.is(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) {
            return null;
        }
        Map<String, Map<String, Object>> known = inherited;
        if (known == null) {
            known = new HashMap<>();
            collect(declared, known, new HashSet<>());
            inherited = known;
        }
        Map<String, Object> says = known.get(method.signature());
        if (says != null || known.isEmpty()) {
            return says;
        }
        // a type parameter made concrete: the compiler left a bridge with the inherited signature
        int parameters = Type.getArgumentTypes(method.descriptor()).length;
        for (Method bridge : declared.methods()) {
            if (bridge.is(Opcodes.ACC_BRIDGE)
                    && bridge.name().equals(method.name())
                    && Type.getArgumentTypes(bridge.descriptor()).length == parameters
                    && known.containsKey(bridge.signature())) {
                return known.get(bridge.signature());
            }
        }
        return null;
    }

    private void collect(DeclaredClass child, Map<String, Map<String, Object>> known, Set<String> seen) {
        for (String parent : child.parents()) {
            byte[] classFile = parent.startsWith("java/") || !seen.add(parent) ? null : source.read(parent);
            if (classFile == null) {
                continue;
            }
            DeclaredClass read = DeclaredClass.read(classFile);
            for (Method method : read.methods()) {
                Map<String, Object> says = annotated(method.annotations());
                if (says != null && Boolean.TRUE.equals(says.get("inherited"))) {
                    known.putIfAbsent(method.signature(), says);
                }
            }
            collect(read, known, seen);
        }
    }
}
