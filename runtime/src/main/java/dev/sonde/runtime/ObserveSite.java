package dev.sonde.runtime;

import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.capture.JsonCapture;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.Ends;
import dev.sonde.runtime.observe.Invocation;
import dev.sonde.runtime.observe.Rules;
import dev.sonde.runtime.observe.UserCode;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens around an observed method: one observation a call, on any number of threads. */
public final class ObserveSite implements SiteHandler {

    private final Tracer tracer;
    private final ObservedMethod method;
    private final String name;
    private final String type;
    private final Arguments arguments;
    private final boolean capturesInput;
    private final boolean capturesOutput;
    private final @Nullable RuledCalls ruled;
    private final @Nullable JsonCapture capture;
    private final String onError;
    private final Set<String> ignored;
    private Ends ends = Ends.UNREPLACED;

    /** @param loader where classes that the annotation names are found; null for the system's */
    public ObserveSite(Tracer tracer, ObservedMethod method, @Nullable ClassLoader loader) {
        this.tracer = tracer;
        this.method = method;
        String given = method.givenName();
        this.name = given.isEmpty() || given.indexOf('{') >= 0 ? method.defaultName() : given;
        this.type = method.type();
        this.arguments = new Arguments(method.parameters());
        this.capturesInput = captures("captureInput", tracer.config().captureInput());
        this.capturesOutput = captures("captureOutput", tracer.config().captureOutput());
        Rules rules = Rules.of(method, loader);
        this.ruled = rules == null ? null : new RuledCalls(this, rules);
        int maxChars = method.says().get("maxChars") instanceof Number number ? number.intValue() : -1;
        this.capture = maxChars < 0 ? null : new JsonCapture(maxChars);
        this.onError = method.text("onError");
        this.ignored = Set.copyOf(method.texts("ignore"));
    }

    /** Whether the weaver must pass the arguments. */
    public boolean needsArguments() {
        return (capturesInput && !arguments.isEmpty())
                || (ruled != null && !method.parameters().isEmpty());
    }

    /** Whether the weaver must pass the result even where it cannot be a future. */
    public boolean needsResult() {
        return method.returnsValue()
                && (capturesOutput || (ruled != null && ruled.rules().needsResult()));
    }

    /** The observed method. */
    public ObservedMethod method() {
        return method;
    }

    Tracer tracer() {
        return tracer;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    boolean capturesInput() {
        return capturesInput;
    }

    boolean capturesOutput() {
        return capturesOutput;
    }

    /** Limits of captured values; null for the process's. */
    @Nullable
    JsonCapture capture() {
        return capture;
    }

    /** What changes recorded texts before they leave the process; null for nothing. */
    @Nullable
    UserCode mask() {
        return ruled == null ? null : ruled.rules().mask();
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] values) {
        if (ruled != null) {
            return ruled.enter(Invocation.begun(self, values));
        }
        LiveObservation observation = tracer.startMethod(this, name);
        if (capturesInput && values != null) {
            observation.input(inputOf(values));
        }
        return observation.makeCurrent();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        observation(scope).leave();
        Ending ending = error == null && result != null ? ends.endingOf(result) : null;
        if (ending == null || result == null) {
            ended(scope, result, error);
            return result;
        }
        return Ends.follow(ending, result, new LaterOutcome(this, scope, Context.current()));
    }

    /** Says what the method declares to return, so that a result may be replaced by another of that type. */
    public ObserveSite returning(Ends declared) {
        ends = declared;
        return this;
    }

    /** The observation of a call that was entered. */
    LiveObservation observation(Object scope) {
        return scope instanceof RuledCalls.Call call ? call.observation() : (LiveObservation) scope;
    }

    /** Makes the output of a streamed result's items; null for what they are. */
    @Nullable
    Function<@Nullable Object, @Nullable Object> aggregator() {
        UserCode stream = ruled == null ? null : ruled.rules().stream();
        return stream == null ? null : stream::apply;
    }

    /** The scope of the same call once more, with an observation of its own that begins now. */
    Object again(Object scope, @Nullable Context around) {
        return scope instanceof RuledCalls.Call call && ruled != null
                ? ruled.begin(call.begun(), around)
                : observation(scope).again(around);
    }

    /** Records the outcome of a call and ends its observation. */
    void ended(Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (scope instanceof RuledCalls.Call call && ruled != null) {
            ruled.ended(call, result, error);
        } else if (scope instanceof LiveObservation observation) {
            try {
                if (error != null) {
                    failed(observation, error);
                } else if (capturesOutput && method.returnsValue()) {
                    observation.output(result);
                }
            } finally {
                observation.end(); // also where the stack or the heap has no room left to say more
            }
        }
    }

    /** The recorded input of a call, null when no argument is recorded. */
    @Nullable
    Object inputOf(@Nullable Object[] values) {
        return arguments.isEmpty() || values.length == 0 ? null : arguments.of(values);
    }

    /** Records an exception as the annotation asks. */
    void failed(LiveObservation observation, Throwable error) {
        for (Class<?> type = error.getClass(); type != null && !ignored.isEmpty(); type = type.getSuperclass()) {
            if (ignored.contains(type.getName())) {
                return;
            }
        }
        switch (onError) {
            case "NONE" -> observation.level("ERROR");
            case "MESSAGE" -> observation.errorWithoutStack(error);
            default -> observation.error(error);
        }
    }

    private boolean captures(String attribute, boolean byDefault) {
        String choice = method.text(attribute);
        return choice.equals("ON") || (!choice.equals("OFF") && byDefault);
    }
}
