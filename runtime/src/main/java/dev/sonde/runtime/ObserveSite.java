package dev.sonde.runtime;

import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.Ends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens around an observed method: one observation a call, on any number of threads. */
public final class ObserveSite implements SiteHandler {

    private final Tracer tracer;
    private final ObservedMethod method;
    private final String name;
    private final String type;
    private final boolean capturesInput;
    private final boolean capturesOutput;
    private Ends ends = Ends.UNREPLACED;

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
        observation(scope).leave();
        Ending ending = error == null && result != null ? ends.of(result) : null;
        if (ending == null || result == null) {
            ended(scope, result, error);
            return result;
        }
        return ending.follow(result, new LaterOutcome(this, scope, Context.current()));
    }

    /** Says what the method declares to return, so that a result may be replaced by another of that type. */
    public ObserveSite returning(Ends declared) {
        ends = declared;
        return this;
    }

    /** The observation of a call that was entered. */
    LiveObservation observation(Object scope) {
        return (LiveObservation) scope;
    }

    /** Records the outcome of a call and ends its observation. */
    void ended(Object scope, @Nullable Object result, @Nullable Throwable error) {
        LiveObservation observation = observation(scope);
        try {
            if (error != null) {
                observation.error(error);
            } else if (capturesOutput) {
                observation.output(result);
            }
        } finally {
            observation.end(); // also where the stack or the heap has no room left to say more
        }
    }

    /** The scope of the same call once more, with an observation of its own that begins now. */
    Object again(Object scope, @Nullable Context around) {
        return observation(scope).again(around);
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
