package dev.sonde.runtime.ends.library;

import java.io.IOException;
import java.io.InputStream;

/**
 * Defines the classes of {@code dev.sonde.runtime.ends.bridge} once for each loader of a library, so that they see the
 * application's own copy of it and the runtime at once, while these two do not see each other.
 */
final class BridgeLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    static final String BRIDGE = "dev.sonde.runtime.ends.bridge.";

    private static final String OURS = "dev.sonde.";
    private static final ClassLoader RUNTIME = runtime();

    BridgeLoader(ClassLoader library) {
        super("sonde-bridge", library);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(BRIDGE)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> defined = findLoadedClass(name);
                return defined == null ? define(name) : defined;
            }
        }
        return name.startsWith(OURS) ? RUNTIME.loadClass(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = RUNTIME.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static ClassLoader runtime() {
        ClassLoader own = BridgeLoader.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }
}
