package dev.sonde.agent.tooling;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the weaver would do with class files that nothing has loaded; for people who ask before they run. */
public final class HookPreview {

    private HookPreview() {}

    /** Whether one hook holds. */
    public enum Verdict {
        BOUND,
        CLASS_MISSING,
        METHOD_UNKNOWN,
        /** The hook's method is there, but not what its handler needs beside it. */
        REQUIREMENT_MISSING
    }

    /**
     * One method of a library, and whether the agent would hook it.
     *
     * @param className binary name
     */
    public record Hook(String className, String methodName, Verdict verdict) {}

    /**
     * Every method of the instrumentation in the order it names them, but for those that this version of a class need
     * not have, and inherited ones that its type does not have.
     *
     * @param classFiles answers a class file by binary class name, null where there is none
     */
    public static List<Hook> hooks(LibraryInstrumentation library, Function<String, byte @Nullable []> classFiles) {
        List<Hook> hooks = new ArrayList<>();
        boolean complete = LibraryHooks.missing(library, source(classFiles)) == null;
        for (LibraryMethod method : library.methods()) {
            byte[] classFile = classFiles.apply(method.className());
            LibraryMethod there = classFile == null ? null : method.in(CodeMethods.of(classFile));
            if (classFile != null && there == null && !method.inAllVersions()) {
                continue;
            }
            Verdict verdict = classFile == null
                    ? Verdict.CLASS_MISSING
                    : there == null ? Verdict.METHOD_UNKNOWN : complete ? Verdict.BOUND : Verdict.REQUIREMENT_MISSING;
            String name = there == null ? method.methodName() : there.methodName();
            hooks.add(new Hook(method.className(), name, verdict));
        }
        for (LibraryMethod method : library.inherited()) {
            byte[] classFile = classFiles.apply(method.className());
            if (classFile != null
                    && CodeMethods.withAbstract(classFile).stream().anyMatch(method::matches)) {
                hooks.add(new Hook(
                        method.className(),
                        method.methodName(),
                        complete ? Verdict.BOUND : Verdict.REQUIREMENT_MISSING));
            }
        }
        return hooks;
    }

    /** What the library must have and has not, for people; null when it has all of it. */
    public static @Nullable String missing(
            LibraryInstrumentation library, Function<String, byte @Nullable []> classFiles) {
        RequiredMethod missing = LibraryHooks.missing(library, source(classFiles));
        return missing == null ? null : missing.toString();
    }

    private static ClassSource source(Function<String, byte @Nullable []> classFiles) {
        return name -> classFiles.apply(name.replace('/', '.'));
    }

    /** Observed methods of a class file, with what others it refers to say, as in {@code ask(Ljava/lang/String;)V}, sorted. */
    public static List<String> observed(
            byte[] classFile, Selection selection, Function<String, byte @Nullable []> classFiles) {
        return List.copyOf(new TreeSet<>(
                ObservedMethods.of(classFile, selection, source(classFiles)).keySet()));
    }
}
