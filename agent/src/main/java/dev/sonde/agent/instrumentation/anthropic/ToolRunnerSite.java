package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.boot.SiteHandler;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The library's loop over turns and tools: hands out its turns in a form that observes the loop as an agent. */
final class ToolRunnerSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        return self;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (result instanceof Iterator<?> turns) {
            return new ObservedTurns<>(turns, scope);
        }
        if (result instanceof Iterable<?> turns) {
            return observed(turns, scope);
        }
        return result;
    }

    private static <T> Iterable<T> observed(Iterable<T> turns, Object runner) {
        return () -> new ObservedTurns<>(turns.iterator(), runner);
    }

    /** What the runner's client writes JSON with; early versions know it only by their service. */
    static @Nullable Object clientOptions(Object runner) {
        Object own = LibraryObjects.field(runner, "clientOptions");
        Object service = own == null ? LibraryObjects.field(runner, "messageService") : null;
        return service == null ? own : LibraryObjects.field(service, "clientOptions");
    }
}
