package dev.sonde.runtime.internal;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.Tracer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes {@code score-create} events of the batch interface. */
final class Scores {

    private final Tracer own;

    Scores(Tracer own) {
        this.own = own;
    }

    /**
     * Queues a score.
     *
     * @param values by the names of the wire; {@code target} says whether the current {@code observation} or {@code trace}
     *     is meant, or what is {@code given}
     * @param project the receiving tracer; null for the one of what is scored
     * @return the score's id, or null when there is nothing current to score, or sampling left it out
     */
    @Nullable
    String send(Map<?, ?> values, @Nullable Tracer project) {
        Map<String, Object> body = new LinkedHashMap<>();
        values.forEach((name, value) -> body.put(String.valueOf(name), value));
        Object target = body.remove("target");
        LiveObservation current = own.current();
        Tracer receiver = project != null ? project : current == null ? own : current.tracer();
        if (!"given".equals(target)) {
            if (current == null || !current.trace().recorded()) {
                return null;
            }
            body.put("traceId", current.trace().id());
            if (!"trace".equals(target)) {
                body.put("observationId", current.hexId());
            }
        }
        String id = String.valueOf(
                body.computeIfAbsent("id", key -> UUID.randomUUID().toString()));
        String environment = receiver.config().environment();
        if (environment != null) {
            body.putIfAbsent("environment", environment);
        }
        Object timestamp = body.remove("timestamp");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", UUID.randomUUID().toString());
        event.put("type", "score-create");
        event.put("timestamp", timestamp == null ? Instant.now().toString() : timestamp);
        event.put("body", body);
        receiver.exporter().offerEvent(String.valueOf(receiver.capture(event)));
        return id;
    }
}
