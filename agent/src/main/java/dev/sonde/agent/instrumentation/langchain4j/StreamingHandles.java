package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;

/**
 * The library's {@code StreamingHandle}, with which an application stops a stream from any thread at any time. What reads
 * the stream may then leave it without a word to its handler, or with the error of a broken read, whichever it comes to
 * first; so the request to stop is what ends the observation.
 */
final class StreamingHandles {
    private static final String HANDLE = "dev.langchain4j.model.chat.response.StreamingHandle";

    /** By the class of a context: its constructor that takes a handle only. */
    private static final ClassValue<Optional<Constructor<?>>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Optional<Constructor<?>> computeValue(Class<?> type) {
            return Arrays.stream(type.getConstructors())
                    .filter(constructor -> constructor.getParameterCount() == 1
                            && constructor.getParameterTypes()[0].getName().equals(HANDLE))
                    .findFirst();
        }
    };

    private StreamingHandles() {}

    /**
     * Such a context as the given, whose handle says first that it is being cancelled.
     *
     * @param context what a part comes with, such as {@code PartialResponseContext}
     * @return the given one when it holds no handle
     */
    static Object observe(Object context, Runnable cancelling) {
        Object handle = LibraryObjects.get(context, "streamingHandle");
        Constructor<?> constructor = CONSTRUCTORS.get(context.getClass()).orElse(null);
        if (handle == null || constructor == null) {
            return context;
        }
        Class<?> type = constructor.getParameterTypes()[0];
        Object observed =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    if (method.getName().equals("cancel")) {
                        cancelling.run();
                    }
                    return Proxies.forward(handle, method, given);
                });
        try {
            return constructor.newInstance(observed);
        } catch (ReflectiveOperationException e) {
            return context;
        }
    }
}
