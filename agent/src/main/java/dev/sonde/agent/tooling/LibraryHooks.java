package dev.sonde.agent.tooling;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which methods of a library's class are hooked. A version whose methods are not those that an instrumentation
 * knows is left alone as far as it differs, which is said once for each library. Called by many threads at once.
 */
final class LibraryHooks {

    private final Function<String, List<LibraryInstrumentation>> naming;
    private final Set<LibraryInstrumentation> known = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Hook>> byClass = new ConcurrentHashMap<>();
    private final Map<String, List<Hook>> byParent = new ConcurrentHashMap<>();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** @param naming from the binary name of a class to the instrumentations that may name it, always the same objects */
    LibraryHooks(Function<String, List<LibraryInstrumentation>> naming) {
        this.naming = naming;
    }

    /** The hooks of the class, from {@code hooks}; what instrumentations name is asked when one of their classes comes. */
    private List<Hook> of(String className, Map<String, List<Hook>> hooks) {
        for (LibraryInstrumentation library : naming.apply(className)) {
            if (!known.contains(library)) {
                List<LibraryMethod> methods = library.methods(); // may load classes: not under the lock
                List<LibraryMethod> inherited = library.inherited();
                learn(library, methods, inherited);
            }
        }
        return hooks.getOrDefault(className, List.of());
    }

    private synchronized void learn(
            LibraryInstrumentation library, List<LibraryMethod> methods, List<LibraryMethod> inherited) {
        if (!known.contains(library)) {
            methods.forEach(method -> add(byClass, library, method));
            inherited.forEach(method -> add(byParent, library, method));
            known.add(library);
        }
    }

    private static void add(Map<String, List<Hook>> hooks, LibraryInstrumentation library, LibraryMethod method) {
        hooks.computeIfAbsent(method.className(), name -> new CopyOnWriteArrayList<>())
                .add(new Hook(library, method));
    }

    private record Hook(LibraryInstrumentation library, LibraryMethod method) {}

    /** Whether the class with this binary name has hooks in some version. */
    boolean know(String className) {
        return !of(className, byClass).isEmpty();
    }

    /** The methods to hook by name and descriptor. */
    Map<String, LibraryMethod> in(String className, byte[] classFile, ClassSource others) {
        Map<String, LibraryMethod> found = new HashMap<>();
        List<String> declared = CodeMethods.of(classFile);
        for (Hook hook : of(className, byClass)) {
            RequiredMethod missing = missing(hook.library(), others);
            if (missing != null) {
                off(hook.library(), "all hooks are", missing + " is not there");
                continue;
            }
            LibraryMethod there = hook.method().in(declared);
            if (there != null) {
                declared.stream().filter(there::matches).forEach(method -> found.put(method, there));
            } else if (hook.method().inAllVersions()) {
                String name = className + "#" + hook.method().methodName();
                off(hook.library(), "a hook is", name + " takes other parameters than known");
            }
        }
        return found;
    }

    /** The methods to hook, by name and descriptor, because a type that the class extends or implements declares them. */
    Map<String, LibraryMethod> inherited(byte[] classFile, ClassSource others) {
        Map<String, LibraryMethod> found = new HashMap<>();
        for (String parent : CodeMethods.parents(classFile)) {
            for (Hook hook : of(parent, byParent)) {
                if (missing(hook.library(), others) == null) {
                    CodeMethods.of(classFile).stream()
                            .filter(hook.method()::matches)
                            .forEach(method -> found.put(method, hook.method()));
                }
            }
        }
        return found;
    }

    /** The first method that the library must have and has not, or null when it has all of them. */
    static @Nullable RequiredMethod missing(LibraryInstrumentation library, ClassSource classes) {
        for (RequiredMethod required : library.required()) {
            byte[] classFile = classes.read(required.className().replace('.', '/'));
            if (classFile == null
                    || CodeMethods.withAbstract(classFile).stream()
                            .noneMatch(method ->
                                    LibraryMethod.matches(method, required.methodName(), required.parameterTypes()))) {
                return required;
            }
        }
        return null;
    }

    private void off(LibraryInstrumentation library, String what, String why) {
        if (said.add(library.library())) {
            System.err.println("[sonde] " + library.library() + " of an unknown version: " + what + " off, because "
                    + why + "; doctor lists them all");
        }
    }
}
