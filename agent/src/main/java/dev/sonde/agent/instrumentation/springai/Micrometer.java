package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.LibraryObjects;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One application's copy of Micrometer: a handler of ours for its registries, and a registry of ours in place of none. All
 * of it belongs to the application's class loader and goes with it. For any thread.
 */
final class Micrometer {

    private static final String REGISTRY = "io.micrometer.observation.ObservationRegistry";
    private static final String HANDLER = "io.micrometer.observation.ObservationHandler";

    private static final ClassValue<Micrometer> BY_REGISTRY_TYPE = new ClassValue<>() {
        @Override
        protected Micrometer computeValue(Class<?> registryType) {
            return new Micrometer(registryType);
        }
    };

    private final Object handler;
    private final Object ownRegistry;

    /** Registries that have the handler. */
    private final Map<Object, Boolean> listening = Collections.synchronizedMap(new WeakHashMap<>());

    private Micrometer(Class<?> registryType) {
        try {
            ClassLoader loader = registryType.getClassLoader();
            Class<?> handlerType = Class.forName(HANDLER, false, loader);
            handler = Proxy.newProxyInstance(loader, new Class<?>[] {handlerType}, new Listener());
            Object created = registryType.getMethod("create").invoke(null);
            if (created == null) {
                throw new IllegalStateException("no registry was created");
            }
            ownRegistry = created;
            listening.put(ownRegistry, true);
            listen(ownRegistry);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a Micrometer that is not understood", e);
        }
    }

    /** The Micrometer that a class of an application uses. */
    static Micrometer of(Class<?> user) {
        try {
            return BY_REGISTRY_TYPE.get(Class.forName(REGISTRY, false, user.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(user + " uses no Micrometer", e);
        }
    }

    /** The registry that a library shall use: the given one, which the handler listens to from now on, or ours for none. */
    Object listened(@Nullable Object registry) {
        if (registry == null || Boolean.TRUE.equals(LibraryObjects.get(registry, "isNoop"))) {
            return ownRegistry;
        }
        if (listening.putIfAbsent(registry, true) == null) {
            listen(registry);
        }
        return registry;
    }

    /** The registry that only this agent listens to. */
    Object ownRegistry() {
        return ownRegistry;
    }

    private void listen(Object registry) {
        LibraryObjects.call(LibraryObjects.get(registry, "observationConfig"), "observationHandler", handler);
    }
}
