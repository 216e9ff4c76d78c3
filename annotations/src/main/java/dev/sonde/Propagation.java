package dev.sonde;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes for everything observed in a scope. Immutable: each method answers a grown copy. */
public final class Propagation {

    private static final Propagation NONE = new Propagation(Map.of());

    private final Map<String, Object> values;

    private Propagation(Map<String, Object> values) {
        this.values = values;
    }

    /** Begins with who asked. */
    public static Propagation ofUser(String userId) {
        return NONE.userId(userId);
    }

    /** Begins with the conversation. */
    public static Propagation ofSession(String sessionId) {
        return NONE.sessionId(sessionId);
    }

    /** Begins with a trace name. */
    public static Propagation ofTraceName(String name) {
        return NONE.traceName(name);
    }

    public Propagation userId(String userId) {
        return with("user.id", userId);
    }

    public Propagation sessionId(String sessionId) {
        return with("session.id", sessionId);
    }

    public Propagation traceName(String name) {
        return with("langfuse.trace.name", name);
    }

    public Propagation tags(String... tags) {
        return with("langfuse.trace.tags", List.of(tags));
    }

    /** One metadata entry of the trace. */
    public Propagation metadata(String key, String value) {
        return with("langfuse.trace.metadata." + key, value);
    }

    public Propagation version(String version) {
        return with("langfuse.version", version);
    }

    Map<String, Object> values() {
        return values;
    }

    private Propagation with(String attribute, Object value) {
        Map<String, Object> grown = new LinkedHashMap<>(values);
        grown.put(attribute, value);
        return new Propagation(grown);
    }
}
