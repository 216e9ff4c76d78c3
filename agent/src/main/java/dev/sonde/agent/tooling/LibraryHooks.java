package dev.sonde.agent.tooling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which methods of a library's class are hooked. A version whose methods are not those that an instrumentation
 * knows is left alone as far as it differs, which is said once for each library. Called by many threads at once.
 */
final class LibraryHooks {

    private final Map<String, List<Hook>> byClass = new HashMap<>();
    private final Map<String, List<Hook>> byParent = new HashMap<>();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    LibraryHooks(List<LibraryInstrumentation> libraries) {
        for (LibraryInstrumentation library : libraries) {
            library.methods().forEach(method -> add(byClass, library, method));
            library.inherited().forEach(method -> add(byParent, library, method));
        }
    }

    private static void add(Map<String, List<Hook>> hooks, LibraryInstrumentation library, LibraryMethod method) {
        hooks.computeIfAbsent(method.className(), name -> new ArrayList<>()).add(new Hook(library, method));
    }

    private record Hook(LibraryInstrumentation library, LibraryMethod method) {}

    /** Whether the class with this binary name has hooks in some version. */
    boolean know(String className) {
        return byClass.containsKey(className);
    }

    /** The methods to hook by name and descriptor. */
    Map<String, LibraryMethod> in(String className, byte[] classFile, ClassSource others) {
        Map<String, LibraryMethod> found = new HashMap<>();
        List<String> declared = CodeMethods.of(classFile);
        for (Hook hook : byClass.getOrDefault(className, List.of())) {
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
            for (Hook hook : byParent.getOrDefault(parent, List.of())) {
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
