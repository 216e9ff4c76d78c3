package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.LibraryObjects;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of Spring's and Reactor's methods cannot be told by name and number of parameters. */
final class WebClientBodies {
    /** {@code ClientResponse.Builder#body(Function)}, by the builder's class. */
    private static final ClassValue<Optional<Method>> BODY = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            for (Class<?> implemented : type.getInterfaces()) {
                try {
                    return Optional.of(implemented.getMethod("body", Function.class));
                } catch (NoSuchMethodException e) {
                    // maybe the next
                }
            }
            return Optional.empty();
        }
    };

    /** {@code Flux.from(Publisher)}, by the publisher's class; empty for one that is Reactor's already. */
    private static final ClassValue<Optional<Method>> FROM = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            try {
                Class<?> publisher = Class.forName("org.reactivestreams.Publisher", false, loader);
                return Optional.of(Class.forName("reactor.core.publisher.Flux", false, loader)
                        .getMethod("from", publisher));
            } catch (ReflectiveOperationException | LinkageError e) {
                return Optional.empty();
            }
        }
    };

    private WebClientBodies() {}

    /** The builder, which hands out a body that is made of the response's; null when that cannot be. */
    static @Nullable Object body(Object builder, Function<Object, Object> making) {
        Optional<Method> body = BODY.get(builder.getClass());
        try {
            return body.isPresent() ? body.get().invoke(builder, making) : null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    /** The publisher with Reactor's operators; itself when there are none here. A publisher of one stays such. */
    static Object reactor(Object publisher) {
        for (Class<?> type = publisher.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("reactor.core.publisher.Mono")
                    || type.getName().equals("reactor.core.publisher.Flux")) {
                return publisher;
            }
        }
        Optional<Method> from = FROM.get(publisher.getClass());
        try {
            return from.isPresent() ? from.get().invoke(null, publisher) : publisher;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return publisher;
        }
    }

    /** A publisher of what is made of each; itself when that cannot be. */
    static Object map(Object publisher, Function<Object, Object> making) {
        Object mapped = LibraryObjects.call(reactor(publisher), "map", making);
        return mapped == null ? publisher : mapped;
    }
}
