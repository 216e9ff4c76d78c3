package dev.sonde.agent.instrumentation.spring;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.ends.Emitters;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where an application sends through a {@code ResponseBodyEmitter}, completes it, or sets a {@code DeferredResult}. */
public final class SpringEmitters implements LibraryInstrumentation {

    private static final String EMITTER = "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter";
    private static final String DEFERRED = "org.springframework.web.context.request.async.DeferredResult";
    private static final String OBJECT = "java.lang.Object";

    @Override
    public String library() {
        return "Spring's emitters";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(
                told(EMITTER, "send", List.of(OBJECT, "org.springframework.http.MediaType"), Emitters::sent),
                told(EMITTER, "complete", List.of(), Emitters::completed),
                told(EMITTER, "completeWithError", List.of("java.lang.Throwable"), SpringEmitters::failed),
                told(DEFERRED, "setResult", List.of(OBJECT), Emitters::completed),
                told(DEFERRED, "setErrorResult", List.of(OBJECT), SpringEmitters::failed));
    }

    private static void failed(Object emitter, @Nullable Object error) {
        Emitters.failed(emitter, error instanceof Throwable thrown ? thrown : new ErrorResult(String.valueOf(error)));
    }

    /** An error result that is no exception, by its text. */
    private static final class ErrorResult extends RuntimeException {
        private static final long serialVersionUID = 1;

        ErrorResult(String text) {
            super(text, null, false, false);
        }
    }

    private static LibraryMethod told(
            String className, String method, List<String> parameters, BiConsumer<Object, @Nullable Object> tell) {
        return new LibraryMethod(className, method, parameters, () -> new Telling(tell));
    }

    /** Tells when the method returns. */
    private record Telling(BiConsumer<Object, @Nullable Object> tell) implements SiteHandler {

        /** The emitter and what it was given. */
        private record Scope(Object emitter, @Nullable Object given) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Object given = arguments == null || arguments.length == 0 ? null : arguments[0];
            return self == null ? null : new Scope(self, given);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Scope call = (Scope) scope;
            if (error == null) {
                tell.accept(call.emitter(), call.given());
            }
            return result;
        }
    }
}
