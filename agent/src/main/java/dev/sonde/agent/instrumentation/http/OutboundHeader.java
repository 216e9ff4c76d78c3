package dev.sonde.agent.instrumentation.http;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import org.jspecify.annotations.Nullable;

/** The header that a request to a host gets. */
final class OutboundHeader {

    /** By W3C Trace Context. */
    static final String NAME = "traceparent";

    private OutboundHeader() {}

    /** The value; null when nothing is observed, or when ids are not to go to that host. */
    static @Nullable String valueFor(@Nullable Object host) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        if (tracer == null || host == null) {
            return null;
        }
        LiveObservation current = tracer.current();
        return current == null || !tracer.config().propagatesTo(host.toString()) ? null : current.traceparent();
    }
}
