package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Baggage;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.RemoteParent;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace's place in a request's {@code _meta}. */
final class McpMeta {

    private static final String TRACEPARENT = "traceparent";

    private McpMeta() {}

    /** The same request with the observation's place; itself when it has one already or cannot be made anew. */
    static Object with(Object request, LiveObservation observation) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta(request).forEach((key, value) -> meta.put(String.valueOf(key), value));
        if (meta.containsKey(TRACEPARENT)) {
            return request;
        }
        meta.put(TRACEPARENT, observation.traceparent());
        if (observation.inherited().isBaggage()) {
            Object before = meta.get(Baggage.HEADER);
            String baggage = Baggage.with(before == null ? null : before.toString(), observation.inherited());
            if (baggage != null) {
                meta.put(Baggage.HEADER, baggage);
            }
        }
        return copy(request, meta);
    }

    /** Where a request as it came says that it belongs; null when it does not. */
    static @Nullable String traceparent(Object request) {
        return meta(request).get(TRACEPARENT) instanceof String traceparent ? traceparent : null;
    }

    /**
     * Where a request as it came belongs: where it says, else where we are.
     *
     * @return null for nowhere: a trace begins
     */
    static @Nullable Context place(Object request, @Nullable Context current) {
        String traceparent = traceparent(request);
        if (traceparent == null) {
            return current; // the client is not observed
        }
        Object baggage = meta(request).get(Baggage.HEADER);
        Attributes attributes = Baggage.read(baggage instanceof String text ? text : null);
        RemoteParent remote = RemoteParent.parse(attributes, traceparent);
        return remote == null ? current : remote;
    }

    private static Map<?, ?> meta(Object request) {
        Object meta = McpRequest.field(request, request instanceof Map<?, ?> ? "_meta" : "meta");
        return meta instanceof Map<?, ?> fields ? fields : Map.of();
    }

    private static Object copy(Object request, Map<String, Object> meta) {
        RecordComponent[] components = request.getClass().getRecordComponents();
        if (components == null) {
            return request;
        }
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            String name = components[i].getName();
            values[i] = name.equals("meta") ? meta : LibraryObjects.get(request, name);
        }
        try {
            Constructor<?> canonical = request.getClass().getDeclaredConstructor(types);
            return canonical.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            return request; // it goes out as it is
        }
    }
}
