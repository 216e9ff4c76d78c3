package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Runs a function of the application that the model has called: takes the method, the arguments, maybe its object. */
final class GenAiTools implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof Method function)) {
            return null;
        }
        Step step = Step.start("TOOL", function.getName(), arguments[1]);
        return step == null ? null : step.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error == null) {
            step.ended(result);
        } else if (error instanceof InvocationTargetException && error.getCause() != null) {
            step.failed(error.getCause());
        } else {
            step.failed(error);
        }
        return result;
    }
}
