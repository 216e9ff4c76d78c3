package dev.sonde.runtime.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The trace that another agent of this process has current on the calling thread: OpenTelemetry's or Datadog's. Both put
 * what answers it on the bootstrap class path, where it is found by name, once, when the first trace starts; an agent
 * that is attached later is not seen.
 */
final class ForeignTrace {

    private static final String OPEN_TELEMETRY = "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.trace.";
    private static final String DATADOG = "datadog.trace.";
    private static final String DATADOG_TRACING = DATADOG + "bootstrap.instrumentation.api.";
    private static final int HEX_DIGITS = 32;

    /** Answers a trace id as a string; null when there is no other agent. */
    private static final @Nullable MethodHandle CURRENT_ID = find();

    private ForeignTrace() {}

    /** Null when there is no other agent, or it traces nothing now. */
    @SuppressWarnings("IllegalCatch") // a method handle declares it, and other agents change
    static @Nullable TraceState current() {
        if (CURRENT_ID == null) {
            return null;
        }
        try {
            return parse((String) CURRENT_ID.invokeExact());
        } catch (Throwable e) {
            return null;
        }
    }

    /** Null for anything but 32 hex digits that are not all zero. */
    static @Nullable TraceState parse(@Nullable String id) {
        if (id == null || id.length() != HEX_DIGITS) {
            return null;
        }
        try {
            long high = Long.parseUnsignedLong(id, 0, HEX_DIGITS / 2, 16);
            long low = Long.parseUnsignedLong(id, HEX_DIGITS / 2, HEX_DIGITS, 16);
            return high == 0 && low == 0 ? null : TraceState.of(high, low);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable MethodHandle find() {
        MethodHandle found = openTelemetry();
        return found != null ? found : datadog();
    }

    /** {@code Span.current().getSpanContext().getTraceId()}, all zero without an active span. */
    private static @Nullable MethodHandle openTelemetry() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> spanType = Class.forName(OPEN_TELEMETRY + "Span", true, null);
            Class<?> contextType = Class.forName(OPEN_TELEMETRY + "SpanContext", true, null);
            MethodHandle current = lookup.findStatic(spanType, "current", MethodType.methodType(spanType));
            MethodHandle itsContext =
                    lookup.findVirtual(spanType, "getSpanContext", MethodType.methodType(contextType));
            MethodHandle id = lookup.findVirtual(contextType, "getTraceId", MethodType.methodType(String.class));
            return MethodHandles.filterReturnValue(MethodHandles.filterReturnValue(current, itsContext), id);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    /** {@code AgentTracer.activeSpan().getTraceId().toHexString()}, null without an active span. */
    private static @Nullable MethodHandle datadog() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> tracerType = Class.forName(DATADOG_TRACING + "AgentTracer", true, null);
            Class<?> spanType = Class.forName(DATADOG_TRACING + "AgentSpan", true, null);
            Class<?> idType = Class.forName(DATADOG + "api.DDTraceId", true, null);
            MethodHandle active = lookup.findStatic(tracerType, "activeSpan", MethodType.methodType(spanType));
            MethodHandle itsId = lookup.findVirtual(spanType, "getTraceId", MethodType.methodType(idType));
            MethodHandle hex =
                    lookup.findVirtual(idType, "toHexStringPadded", MethodType.methodType(String.class, int.class));
            MethodHandle text =
                    MethodHandles.filterReturnValue(itsId, MethodHandles.insertArguments(hex, 1, HEX_DIGITS));
            MethodHandle none = MethodHandles.dropArguments(MethodHandles.constant(String.class, null), 0, spanType);
            MethodHandle isActive = MethodHandles.lookup()
                    .findStatic(ForeignTrace.class, "isThere", MethodType.methodType(boolean.class, Object.class))
                    .asType(MethodType.methodType(boolean.class, spanType));
            return MethodHandles.filterReturnValue(active, MethodHandles.guardWithTest(isActive, text, none));
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    @SuppressWarnings("unused") // called through a method handle
    private static boolean isThere(@Nullable Object span) {
        return span != null;
    }
}
