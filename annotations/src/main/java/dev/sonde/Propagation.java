package dev.sonde;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes for everything observed in a scope. Immutable: each method answers a grown copy. */
public final class Propagation {

    static final Propagation NONE = new Propagation(Map.of());

    private final Map<String, Object> values;

    private Propagation(Map<String, Object> values) {
        this.values = values;
    }

    /** Opens the scope; close it on the same thread. */
    public Scope start() {
        return Channel.isOpen() ? new Scope(Channel.call("propagate", values)) : Scope.NONE;
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

    /** Where this runs, such as {@code production}. */
    public Propagation environment(String environment) {
        return with("langfuse.environment", environment);
    }

    /** The prompt version that generations in the scope are made from. */
    public Propagation prompt(String name, int version) {
        return with("langfuse.observation.prompt.name", name)
                .with("langfuse.observation.prompt.version", (long) version);
    }

    /**
     * Hands them on to the services that are called over HTTP, in the header {@code baggage}; values of up to 200 characters.
     */
    public Propagation asBaggage() {
        return with("as-baggage", true);
    }

    private Propagation with(String attribute, Object value) {
        Map<String, Object> grown = new LinkedHashMap<>(values);
        grown.put(attribute, value);
        return new Propagation(grown);
    }
}
