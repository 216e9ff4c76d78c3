package dev.sonde.runtime.internal;

import dev.sonde.boot.Hooks;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.export.Counters;
import dev.sonde.runtime.export.Exporter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers the facade's operations. The facade in the application knows this object only as a function of JDK types, so
 * operations are named by strings; an unknown one, from a newer facade, answers null.
 */
public final class FacadeOperations implements BiFunction<String, Object[], Object> {

    private final Tracer tracer;
    private final Scores scores;
    private final Scopes scopes;

    public FacadeOperations(Tracer tracer) {
        this.tracer = tracer;
        this.scores = new Scores(tracer);
        this.scopes = new Scopes();
    }

    @Override
    public @Nullable Object apply(String operation, @Nullable Object[] arguments) {
        if (operation.startsWith("observation.")) {
            return observation(operation, (LiveObservation) arguments[0], arguments);
        }
        return switch (operation) {
            case "start" -> started(arguments).makeCurrent();
            case "startDetached" -> started(arguments);
            case "current" -> tracer.current();
            case "event" -> event(arguments);
            case "trace.set" -> setOnTrace(text(arguments[0]), arguments[1]);
            case "trace.id" -> traceId();
            case "traceparent" -> traceparent();
            case "trace.url" -> client(arguments, 1).config().host() + "/trace/" + text(arguments[0]);
            case "score" -> scores.send((Map<?, ?>) needed(arguments[0]), project(arguments, 1));
            case "propagate", "continue", "suppress", "restore" -> scopes.apply(operation, arguments);
            case "mask" -> processing(arguments[0], true);
            case "process" -> processing(arguments[0], false);
            case "authCheck" -> client(arguments, 0).exporter().authCheck();
            case "flush" -> flush(Duration.ofMillis((Long) needed(arguments[0])), project(arguments, 1));
            case "shutdown" -> shutdown();
            case "counters" -> counters();
            default -> null;
        };
    }

    /** The tracer of the project that an argument names, or null where it names none. */
    private @Nullable Tracer project(@Nullable Object[] arguments, int index) {
        return arguments.length > index && arguments[index] != null ? tracer.ofProject(text(arguments[index])) : null;
    }

    private LiveObservation started(@Nullable Object[] arguments) {
        Tracer project = project(arguments, 2);
        String type = text(arguments[0]);
        String name = text(arguments[1]);
        return project == null ? tracer.start(type, name) : project.startOwn(type, name);
    }

    private Tracer client(@Nullable Object[] arguments, int index) {
        Tracer project = project(arguments, index);
        return project == null ? tracer : project;
    }

    private @Nullable Object processing(@Nullable Object function, boolean mask) {
        if (function instanceof UnaryOperator<?> operator) {
            if (mask) {
                tracer.processing().addMask(operator);
            } else {
                tracer.processing().addProcessor(operator);
            }
        }
        return null;
    }

    private boolean flush(Duration timeout, @Nullable Tracer project) {
        if (project != null) {
            return project.exporter().flush(timeout);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean drained = true;
        for (Tracer each : tracer.all()) {
            drained &= each.exporter().flush(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return drained;
    }

    private @Nullable Object shutdown() {
        Hooks.enabled = false;
        for (Tracer each : tracer.all()) {
            each.exporter().shutdown(Duration.ofMillis(each.config().shutdownTimeoutMillis()));
        }
        return null;
    }

    private @Nullable Object observation(String operation, LiveObservation observation, @Nullable Object[] arguments) {
        Object value = arguments.length > 1 ? arguments[1] : null;
        switch (operation) {
            case "observation.id" -> {
                return observation.hexId();
            }
            case "observation.traceId" -> {
                return observation.trace().id();
            }
            case "observation.end" -> {
                if (arguments.length > 1 && value instanceof Boolean current && current) {
                    observation.leave();
                }
                observation.end();
            }
            case "observation.enter" -> {
                return observation.enter();
            }
            case "observation.input" -> observation.input(value);
            case "observation.output" -> observation.output(value);
            case "observation.name" -> observation.name(text(value));
            case "observation.model" -> observation.model(text(value));
            case "observation.modelParameters" -> observation.modelParametersJson(json(value));
            case "observation.usage" -> observation.usageDetailsJson(json(value));
            case "observation.cost" -> observation.costDetailsJson(json(value));
            case "observation.level" -> observation.level(text(value));
            case "observation.statusMessage" -> observation.statusMessage(text(value));
            case "observation.error" -> observation.error((Throwable) needed(value));
            case "observation.firstToken" -> observation.firstToken();
            case "observation.metadata" -> observation.metadata(text(value), arguments[2]);
            case "observation.version" -> observation.attribute("langfuse.version", text(value));
            case "observation.prompt" -> observation.prompt(text(value), ((Number) needed(arguments[2])).longValue());
            default -> {
                return null;
            }
        }
        return null;
    }

    private @Nullable Object event(@Nullable Object[] arguments) {
        client(arguments, 2).event(text(arguments[0]), arguments[1]);
        return null;
    }

    private @Nullable Object setOnTrace(String attribute, @Nullable Object value) {
        LiveObservation current = tracer.current();
        Object captured =
                value instanceof Boolean || value instanceof java.util.Collection ? value : tracer.capture(value);
        if (current != null && captured != null) {
            current.trace().set(attribute, captured);
        }
        return null;
    }

    private @Nullable String traceId() {
        LiveObservation current = tracer.current();
        return current == null ? null : current.trace().id();
    }

    private @Nullable String traceparent() {
        LiveObservation current = tracer.current();
        return current == null ? null : current.traceparent();
    }

    private Map<String, Long> counters() {
        Map<String, Long> counts = new TreeMap<>();
        for (Tracer each : tracer.all()) {
            Exporter exporter = each.exporter();
            Counters counters = exporter.counters();
            counts.merge("made", exporter.made(), Long::sum);
            counts.merge("sent", counters.sent(), Long::sum);
            counts.merge("failed", counters.failed(), Long::sum);
            counts.merge("dropped", counters.dropped(), Long::sum);
            counts.merge("filtered", counters.filtered(), Long::sum);
            counts.merge("spooled", counters.spooled(), Long::sum);
            counts.merge("replayed", counters.replayed(), Long::sum);
            counts.merge("queued", exporter.queued(), Long::sum);
        }
        return counts;
    }

    private String json(@Nullable Object value) {
        Object text = tracer.capture(value);
        return text == null ? "{}" : text.toString();
    }

    private static Object needed(@Nullable Object argument) {
        return Objects.requireNonNull(argument, "an argument is missing");
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
