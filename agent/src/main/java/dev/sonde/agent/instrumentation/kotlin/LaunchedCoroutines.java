package dev.sonde.agent.instrumentation.kotlin;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.library.Coroutines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where {@code launch}, {@code async} and {@code runBlocking} make the context of a new coroutine. */
public final class LaunchedCoroutines implements LibraryInstrumentation {

    @Override
    public String library() {
        return "kotlinx-coroutines";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(new LibraryMethod(
                "kotlinx.coroutines.CoroutineContextKt",
                "newCoroutineContext",
                List.of("kotlinx.coroutines.CoroutineScope", "kotlin.coroutines.CoroutineContext"),
                Launch::new));
    }

    /** Adds what is current to the new coroutine's context. */
    private static final class Launch implements SiteHandler {

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return Context.current();
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Coroutines kotlin = result == null ? null : Coroutines.of(result);
            return kotlin == null || result == null ? result : kotlin.with(result, scope);
        }
    }
}
