package dev.sonde.agent.instrumentation.http;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Baggage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The headers that a request to a host gets. */
final class OutboundHeaders {

    /** By W3C Trace Context. */
    static final String TRACEPARENT = "traceparent";

    private OutboundHeaders() {}

    /**
     * Values by name; empty when nothing is observed, when nothing is to go to that host, or when another tracer was there
     * first.
     *
     * @param present the request's headers as they are
     */
    static Map<String, String> of(@Nullable Object host, Function<String, @Nullable Object> present) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        LiveObservation current = tracer == null || host == null ? null : tracer.current();
        if (tracer == null
                || host == null
                || current == null
                || !tracer.config().propagatesTo(host.toString())
                || present.apply(TRACEPARENT) != null) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(TRACEPARENT, current.traceparent());
        if (current.inherited().isBaggage()) {
            Object before = present.apply(Baggage.HEADER);
            String baggage = Baggage.with(before == null ? null : before.toString(), current.inherited());
            if (baggage != null) {
                headers.put(Baggage.HEADER, baggage);
            }
        }
        return headers;
    }
}
