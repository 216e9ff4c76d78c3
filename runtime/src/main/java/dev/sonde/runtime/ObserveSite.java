package dev.sonde.runtime;

import dev.sonde.boot.SiteHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What happens around an observed method: one observation a call, on any number of threads. */
public final class ObserveSite implements SiteHandler {

    private final Tracer tracer;
    private final ObservedMethod method;
    private final String name;
    private final String type;
    private final boolean capturesInput;
    private final boolean capturesOutput;

    public ObserveSite(Tracer tracer, ObservedMethod method) {
        this.tracer = tracer;
        this.method = method;
        this.name = method.observationName();
        this.type = method.type();
        this.capturesInput = !method.parameterNames().isEmpty()
                && captures(method.captureInput(), tracer.config().captureInput());
        this.capturesOutput = method.returnsValue()
                && captures(method.captureOutput(), tracer.config().captureOutput());
    }

    /** Whether the weaver must pass the arguments. */
    public boolean capturesInput() {
        return capturesInput;
    }

    /** Whether the weaver must pass the result even where it cannot be a future. */
    public boolean capturesOutput() {
        return capturesOutput;
    }

    @Override
    public Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        LiveObservation observation = tracer.startMethod(method, type, name);
        if (capturesInput && arguments != null) {
            observation.input(inputOf(arguments));
        }
        return observation.makeCurrent();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        LiveObservation observation = (LiveObservation) scope;
        observation.leave();
        if (error == null && result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> completed(observation, value, failure));
            return result;
        }
        if (error != null) {
            observation.error(error);
        } else if (capturesOutput) {
            observation.output(result);
        }
        observation.end();
        return result;
    }

    private void completed(LiveObservation observation, @Nullable Object value, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            observation.level("WARNING").statusMessage("cancelled");
        } else if (cause != null) {
            observation.error(cause);
        } else if (capturesOutput) {
            observation.output(value);
        }
        observation.end();
    }

    private @Nullable Object inputOf(@Nullable Object[] arguments) {
        List<String> names = method.parameterNames();
        if (arguments.length == 1) {
            return arguments[0];
        }
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            byName.put(i < names.size() ? names.get(i) : "arg" + i, arguments[i]);
        }
        return byName;
    }

    private static boolean captures(String choice, boolean byDefault) {
        return choice.equals("ON") || (choice.equals("DEFAULT") && byDefault);
    }
}
