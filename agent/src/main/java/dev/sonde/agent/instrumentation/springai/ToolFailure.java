package dev.sonde.agent.instrumentation.springai;

import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/**
 * Where Spring AI makes of a tool's exception what the model is told: {@code
 * DefaultToolExecutionExceptionProcessor.process(…)}. The tool's own observation ends as if nothing had happened.
 */
final class ToolFailure implements SiteHandler {

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments != null
                && arguments[0] instanceof Throwable error
                && Scopes.innermost() instanceof StepRun run
                && run.kind() == Kind.TOOL) {
            Throwable cause = error.getCause();
            run.toolThrew(cause == null ? error : cause);
        }
        return null;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        return result;
    }
}
