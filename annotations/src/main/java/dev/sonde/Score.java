package dev.sonde;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A judgement about the current observation, unless told otherwise. Immutable: each method answers a changed copy. Sending
 * a score whose id was sent before replaces that one.
 */
public final class Score {

    /** By the names of the wire; {@code target} is resolved when the score is sent. */
    private final Map<String, Object> values;

    private Score(Map<String, Object> values) {
        this.values = values;
    }

    /** A number. */
    public static Score of(String name, double value) {
        return of(name, value, "NUMERIC");
    }

    /** Yes or no. */
    public static Score of(String name, boolean value) {
        return of(name, value ? 1.0 : 0.0, "BOOLEAN");
    }

    /** One of several labels. */
    public static Score ofCategory(String name, String label) {
        return of(name, label, "CATEGORICAL");
    }

    /** Free text, 500 characters at most. */
    public static Score ofText(String name, String text) {
        return of(name, text, "TEXT");
    }

    private static Score of(String name, Object value, String dataType) {
        return new Score(Map.of("name", name, "value", value, "dataType", dataType, "target", "observation"));
    }

    /** An id of the caller's choice, so that sending again replaces; random without. */
    public Score id(String id) {
        return with("id", id);
    }

    /** Why. */
    public Score comment(String text) {
        return with("comment", text);
    }

    /** The score config whose rules the value follows. */
    public Score configId(String configId) {
        return with("configId", configId);
    }

    /** One metadata entry. */
    public Score metadata(String key, Object value) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (values.get("metadata") instanceof Map<?, ?> before) {
            before.forEach((name, known) -> metadata.put(String.valueOf(name), known));
        }
        metadata.put(key, value);
        return with("metadata", metadata);
    }

    /** Where the judged run took place, when not in this process's environment. */
    public Score environment(String environment) {
        return with("environment", environment);
    }

    /** When it was judged, when not now. */
    public Score timestamp(Instant at) {
        return with("timestamp", at.toString());
    }

    /** Judges the current trace as a whole. */
    public Score onTrace() {
        return with("target", "trace");
    }

    /** Judges any trace. */
    public Score onTrace(String traceId) {
        return with("target", "given").with("traceId", traceId);
    }

    /** Judges any observation. */
    public Score onObservation(String traceId, String observationId) {
        return with("target", "given").with("traceId", traceId).with("observationId", observationId);
    }

    /** Judges a session. */
    public Score onSession(String sessionId) {
        return with("target", "given").with("sessionId", sessionId);
    }

    /** Judges a run of a dataset. */
    public Score onDatasetRun(String datasetRunId) {
        return with("target", "given").with("datasetRunId", datasetRunId);
    }

    Map<String, Object> values() {
        return values;
    }

    private Score with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        return new Score(changed);
    }
}
