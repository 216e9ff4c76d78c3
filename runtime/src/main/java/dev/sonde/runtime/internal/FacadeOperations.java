package dev.sonde.runtime.internal;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.TraceState;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers the facade's operations. The facade in the application knows this object only as a function of JDK types, so
 * operations are named by strings; an unknown one, from a newer facade, answers null.
 */
public final class FacadeOperations implements BiFunction<String, Object[], Object> {

    private final Tracer tracer;
    private final Scores scores;

    public FacadeOperations(Tracer tracer) {
        this.tracer = tracer;
        this.scores = new Scores(tracer);
    }

    @Override
    public @Nullable Object apply(String operation, @Nullable Object[] arguments) {
        if (operation.startsWith("observation.")) {
            return observation(operation, (LiveObservation) arguments[0], arguments);
        }
        return switch (operation) {
            case "start" -> tracer.start(text(arguments[0]), text(arguments[1])).makeCurrent();
            case "startDetached" -> tracer.start(text(arguments[0]), text(arguments[1]));
            case "current" -> tracer.current();
            case "event" -> event(arguments);
            case "trace.set" -> setOnTrace(text(arguments[0]), arguments[1]);
            case "trace.id" -> traceId();
            case "trace.url" -> traceUrl();
            case "propagate" -> propagate(arguments[0]);
            case "restore" -> ContextSlot.swap(arguments[0]);
            case "score" -> scores.send(arguments);
            case "flush" -> tracer.exporter().flush(Duration.ofMillis((Long) arguments[0]));
            case "counters" -> counters();
            default -> null;
        };
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
            case "observation.input" -> observation.input(value);
            case "observation.output" -> observation.output(value);
            case "observation.name" -> observation.name(text(value));
            case "observation.model" -> observation.model(text(value));
            case "observation.modelParameters" -> observation.modelParametersJson(json(value));
            case "observation.usage" -> observation.usageDetailsJson(json(value));
            case "observation.cost" -> observation.costDetailsJson(json(value));
            case "observation.level" -> observation.level(text(value));
            case "observation.statusMessage" -> observation.statusMessage(text(value));
            case "observation.error" -> observation.error((Throwable) java.util.Objects.requireNonNull(value));
            case "observation.firstToken" -> observation.firstToken();
            case "observation.metadata" -> observation.metadata(text(value), arguments[2]);
            case "observation.version" -> observation.attribute("langfuse.version", text(value));
            case "observation.prompt" ->
                observation.prompt(text(value), ((Number) java.util.Objects.requireNonNull(arguments[2])).longValue());
            default -> {
                return null;
            }
        }
        return null;
    }

    private @Nullable Object event(@Nullable Object[] arguments) {
        tracer.event(text(arguments[0]), arguments[1]);
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

    private @Nullable Object propagate(@Nullable Object added) {
        Attributes attributes = Attributes.NONE;
        if (added instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                attributes = attributes.with(text(entry.getKey()), entry.getValue());
            }
        }
        return AttributeScope.of(attributes).enter();
    }

    private @Nullable String traceId() {
        LiveObservation current = tracer.current();
        return current == null ? null : current.trace().id();
    }

    /** Where the server shows the current trace. The server finds the project by itself. */
    private @Nullable String traceUrl() {
        LiveObservation current = tracer.current();
        if (current == null) {
            return null;
        }
        TraceState trace = current.trace();
        return tracer.config().host() + "/trace/" + trace.id();
    }

    private Map<String, Long> counters() {
        return Map.of(
                "sent", tracer.exporter().counters().sent(),
                "dropped", tracer.exporter().counters().dropped(),
                "failed", tracer.exporter().counters().failed(),
                "queued", tracer.exporter().queued());
    }

    private String json(@Nullable Object value) {
        Object text = tracer.capture(value);
        return text == null ? "{}" : text.toString();
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
