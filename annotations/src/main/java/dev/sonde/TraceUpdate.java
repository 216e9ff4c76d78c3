package dev.sonde;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what holds for the whole current trace. Later values replace earlier ones; tags add up. */
public final class TraceUpdate {

    static final TraceUpdate INSTANCE = new TraceUpdate();

    private TraceUpdate() {}

    /** The trace's name; without one, its root observation's. */
    public TraceUpdate name(String name) {
        return set("langfuse.trace.name", name);
    }

    /** Who asked. */
    public TraceUpdate userId(String userId) {
        return set("user.id", userId);
    }

    /** The conversation this trace belongs to. */
    public TraceUpdate sessionId(String sessionId) {
        return set("session.id", sessionId);
    }

    /** Adds tags. */
    public TraceUpdate tags(String... tags) {
        List<String> list = Arrays.asList(tags);
        Channel.call("trace.set", "langfuse.trace.tags", list);
        return this;
    }

    /** One metadata entry. */
    public TraceUpdate metadata(String key, @Nullable Object value) {
        return set("langfuse.trace.metadata." + key, value);
    }

    /** The version of what is traced. */
    public TraceUpdate version(String version) {
        return set("langfuse.version", version);
    }

    /** What the trace as a whole was asked. */
    public TraceUpdate input(@Nullable Object value) {
        return set("langfuse.trace.input", value);
    }

    /** What the trace as a whole answered. */
    public TraceUpdate output(@Nullable Object value) {
        return set("langfuse.trace.output", value);
    }

    /** Lets anybody who has the link see the trace. */
    public TraceUpdate makePublic() {
        return set("langfuse.trace.public", true);
    }

    private TraceUpdate set(String attribute, @Nullable Object value) {
        Channel.call("trace.set", attribute, value);
        return this;
    }
}
