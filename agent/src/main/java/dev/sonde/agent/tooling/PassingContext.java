package dev.sonde.agent.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the libraries that only pass the context on. An application without anything observed never pays for it: they are
 * woven when the first class that needs weaving was found, those that are loaded already on a thread of their own, because
 * the JVM leaves out transformers that are at work on the calling one.
 */
public final class PassingContext implements ClassFileTransformer {

    private static final String JDK_CLIENT = "java.net.http";

    private final Instrumentation instrumentation;
    private final Weaver weaver;
    private final Set<String> names = new HashSet<>();

    public PassingContext(Instrumentation instrumentation, Weaver weaver, List<LibraryInstrumentation> libraries) {
        this.instrumentation = instrumentation;
        this.weaver = weaver;
        for (LibraryInstrumentation library : libraries) {
            for (LibraryMethod method : library.methods()) {
                names.add(method.className().replace('.', '/'));
            }
        }
    }

    /** Begins to weave, and goes on for classes that are loaded later. */
    public void begin() {
        instrumentation.addTransformer(this, true);
        Thread thread = new Thread(this::weaveLoaded, "sonde-weaving");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        return loader == null || name == null || !names.contains(name)
                ? null
                : weaver.transform(loader, name, redefined, domain, classFile);
    }

    @SuppressWarnings("IllegalCatch") // a thread of ours: without these hooks, everything else goes on
    private void weaveLoaded() {
        try {
            openJdkClient();
            List<Class<?>> loaded = new ArrayList<>();
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                if (type.getClassLoader() != null
                        && names.contains(type.getName().replace('.', '/'))) {
                    loaded.add(type);
                }
            }
            for (Class<?> type : loaded) {
                weave(type);
            }
        } catch (Throwable e) {
            System.err.println("[sonde] traces do not go on in other processes: " + e);
        }
    }

    private void weave(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            System.err.println("[sonde] " + type.getName() + " does not pass traces on: " + e);
        }
    }

    /** Lets this loader's code read the client's requests, and nobody else's. */
    private void openJdkClient() {
        ModuleLayer.boot().findModule(JDK_CLIENT).ifPresent(module -> {
            Set<Module> ours = Set.of(PassingContext.class.getModule());
            instrumentation.redefineModule(
                    module,
                    Set.of(),
                    Map.of(),
                    Map.of("jdk.internal.net.http", ours, "jdk.internal.net.http.common", ours),
                    Set.of(),
                    Map.of());
        });
    }
}
