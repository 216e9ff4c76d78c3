package dev.sonde.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weaves what the application loaded before the agent was attached. Used once, on the JVM's attach thread. */
final class LoadedClasses {

    private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final Instrumentation instrumentation;
    private final WeaverSlot weaver;
    private final Candidates candidates;

    LoadedClasses(Instrumentation instrumentation, WeaverSlot weaver, Candidates candidates) {
        this.instrumentation = instrumentation;
        this.weaver = weaver;
        this.candidates = candidates;
    }

    /** Hands the candidates among the loaded classes to the transformers again. */
    void weave() {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (isCandidate(type)) {
                found.add(type);
            }
        }
        if (found.isEmpty() || weaver.open() == null) {
            return;
        }
        try {
            instrumentation.retransformClasses(found.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            for (Class<?> type : found) {
                weaveAlone(type); // one that cannot be changed must not hold up the others
            }
        }
    }

    private void weaveAlone(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            System.err.println("[sonde] " + type.getName() + " stays as it was: " + e);
        }
    }

    private boolean isCandidate(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null
                || loader instanceof IsolatedLoader
                || type.isArray()
                || type.isHidden()
                || !instrumentation.isModifiableClass(type)) {
            return false;
        }
        String name = type.getName().replace('.', '/');
        if (Candidates.isLibrary(name)) {
            return true;
        }
        byte[] classFile = loader == platform || Candidates.isIgnored(name) ? null : classFile(loader, name);
        return classFile != null && candidates.contains(loader, name, classFile);
    }

    /** Null where the loader does not show it, as for classes made at run time. */
    private static byte @Nullable [] classFile(ClassLoader loader, String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException | RuntimeException | LinkageError e) {
            return null;
        }
    }
}
