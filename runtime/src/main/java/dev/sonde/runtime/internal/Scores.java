package dev.sonde.runtime.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.Tracer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes {@code score-create} events of the batch interface. */
final class Scores {

    private static final JsonFactory JSON = new JsonFactory();

    private final Tracer tracer;

    Scores(Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Queues a score.
     *
     * @param arguments target ({@code observation}, {@code trace}, {@code session}), session id or null, name, value
     *     (String, Number or Boolean), data type or null, comment or null
     * @return the score's id, or null when there is nothing current to score
     */
    @Nullable
    String send(@Nullable Object[] arguments) {
        String target = String.valueOf(arguments[0]);
        LiveObservation current = tracer.current();
        if (current == null && !target.equals("session")) {
            return null;
        }
        String id = UUID.randomUUID().toString();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", UUID.randomUUID().toString());
            json.writeStringField("type", "score-create");
            json.writeStringField("timestamp", Instant.now().toString());
            json.writeObjectFieldStart("body");
            json.writeStringField("id", id);
            if (current == null || target.equals("session")) {
                json.writeStringField("sessionId", String.valueOf(arguments[1]));
            } else {
                json.writeStringField("traceId", current.trace().id());
                if (target.equals("observation")) {
                    json.writeStringField("observationId", current.hexId());
                }
            }
            writeValue(json, arguments);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tracer.exporter().offerEvent(text.toString());
        return id;
    }

    private void writeValue(JsonGenerator json, @Nullable Object[] arguments) throws IOException {
        json.writeStringField("name", String.valueOf(arguments[2]));
        Object value = arguments[3];
        if (value instanceof Boolean flag) {
            json.writeNumberField("value", flag ? 1 : 0);
            json.writeStringField("dataType", "BOOLEAN");
        } else if (value instanceof Number number) {
            json.writeNumberField("value", number.doubleValue());
            json.writeStringField("dataType", "NUMERIC");
        } else {
            json.writeStringField("value", String.valueOf(value));
            json.writeStringField("dataType", arguments[4] == null ? "CATEGORICAL" : String.valueOf(arguments[4]));
        }
        if (arguments[5] != null) {
            json.writeStringField("comment", String.valueOf(arguments[5]));
        }
        String environment = tracer.config().environment();
        if (environment != null) {
            json.writeStringField("environment", environment);
        }
    }
}
