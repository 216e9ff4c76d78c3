package dev.sonde.runtime.context;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import org.jspecify.annotations.Nullable;

/** A place in a trace of elsewhere: what is observed below it belongs to that trace. */
public final class RemoteParent extends Context implements Context.Current {

    private final TraceState trace;
    private final long id;

    private RemoteParent(Attributes inherited, TraceState trace, long id) {
        super(inherited);
        this.trace = trace;
        this.id = id;
    }

    /**
     * A place by its ids.
     *
     * @param traceId 32 lower-case hex digits, not all zero
     * @param parentId 16 of them, or null for a trace whose root is yet to come
     * @return null when an id is not valid
     */
    public static @Nullable RemoteParent of(Attributes inherited, String traceId, @Nullable String parentId) {
        if (!TraceId.isValid(traceId) || (parentId != null && !SpanId.isValid(parentId))) {
            return null;
        }
        TraceState trace =
                TraceState.of(Long.parseUnsignedLong(traceId, 0, 16, 16), Long.parseUnsignedLong(traceId, 16, 32, 16));
        return new RemoteParent(inherited, trace, parentId == null ? 0 : Long.parseUnsignedLong(parentId, 16));
    }

    /** A place as the application writes it: a W3C {@code traceparent}, or a trace's id; null when it is neither. */
    public static @Nullable RemoteParent parse(Attributes inherited, String text) {
        String[] parts = text.strip().split("-", -1);
        if (parts.length == 1) {
            return of(inherited, parts[0], null);
        }
        boolean wellFormed = parts.length >= 4
                && parts[0].matches("[0-9a-f]{2}")
                && !parts[0].equals("ff")
                && (parts.length == 4 || !parts[0].equals("00"))
                && parts[3].matches("[0-9a-f]{2}");
        return wellFormed ? of(inherited, parts[1], parts[2]) : null;
    }

    @Override
    public Current observation() {
        return this;
    }

    @Override
    public TraceState trace() {
        return trace;
    }

    @Override
    public long id() {
        return id;
    }
}
