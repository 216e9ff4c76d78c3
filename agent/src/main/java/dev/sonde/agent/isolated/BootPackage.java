package dev.sonde.agent.isolated;

import dev.sonde.agent.tooling.HiddenFrames;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code dev.sonde.boot} visible to every class, JDK classes included. The classes are defined in the bootstrap
 * loader one by one; putting a jar on its path instead would make the JVM print a warning and give up its class data
 * archive for the application.
 */
final class BootPackage {

    private static final String PREFIX = "dev/sonde/boot/";
    private static final String SUFFIX = ".class";

    /** They call the application's work, so its stack traces would show them. */
    private static final List<String> CALLERS = List.of(PREFIX + "Carriers$", PREFIX + "ExecutorTasks");

    private BootPackage() {}

    /** Falls back to the bootstrap class path where the JVM offers no other way. */
    static void define(Instrumentation instrumentation, JarFile jar) throws IOException {
        List<String> names = new ArrayList<>();
        jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.startsWith(PREFIX) && name.endsWith(SUFFIX))
                .forEach(names::add);
        // outer classes before nested ones, which extend and implement them
        names.sort(Comparator.comparing((String name) -> name.indexOf('$') >= 0).thenComparing(name -> name));
        try {
            Definer definer = new Definer(instrumentation);
            for (String name : names) {
                byte[] classFile = read(jar, name);
                definer.define(
                        name.substring(0, name.length() - SUFFIX.length()),
                        CALLERS.stream().anyMatch(name::startsWith) ? HiddenFrames.in(classFile) : classFile);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            instrumentation.appendToBootstrapClassLoaderSearch(jar);
        }
    }

    private static byte[] read(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }

    /** The JDK's own way to define a class in the bootstrap loader, opened to this class loader alone. */
    private static final class Definer {
        private static final String PACKAGE = "jdk.internal.misc";

        private final Object unsafe;
        private final Method define;

        Definer(Instrumentation instrumentation) throws ReflectiveOperationException {
            instrumentation.redefineModule(
                    Object.class.getModule(),
                    Set.of(),
                    Map.of(PACKAGE, Set.of(BootPackage.class.getModule())),
                    Map.of(),
                    Set.of(),
                    Map.of());
            Class<?> type = Class.forName(PACKAGE + ".Unsafe");
            unsafe = type.getMethod("getUnsafe").invoke(null);
            define = type.getMethod(
                    "defineClass",
                    String.class,
                    byte[].class,
                    int.class,
                    int.class,
                    ClassLoader.class,
                    ProtectionDomain.class);
        }

        void define(String name, byte[] bytes) throws ReflectiveOperationException {
            @Nullable Object bootstrapLoader = null;
            @Nullable Object noDomain = null;
            define.invoke(unsafe, name, bytes, 0, bytes.length, bootstrapLoader, noDomain);
        }
    }
}
