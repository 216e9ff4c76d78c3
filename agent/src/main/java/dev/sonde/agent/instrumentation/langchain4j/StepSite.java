package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/** A method that is no call of a model, and has its result when it returns. For any thread. */
public abstract class StepSite implements SiteHandler {
    /** Starts to observe it; null for what is not observed. */
    protected abstract @Nullable Step started(Object self, @Nullable Object[] arguments);

    /** The output as JSON text; null for none. */
    protected abstract @Nullable String output(Object result);

    @Override
    public final @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null
                || arguments == null
                || SondeRuntime.tracerIfRunning() == null
                || Listening.isListening(self)) {
            return null;
        }
        Step step = started(self, arguments);
        return step == null ? null : step.enter();
    }

    @Override
    public final @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            step.failed(error);
        } else {
            step.endedJson(result == null ? null : output(result));
        }
        return result;
    }
}
