package dev.sonde.runtime.export;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.ObservedMethod;
import dev.sonde.runtime.RuntimeConfig;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes ended observations as an OTLP {@code ExportTraceServiceRequest}. Field numbers are those of
 * opentelemetry-proto's {@code trace.proto}, {@code resource.proto} and {@code common.proto}, version 1. Used by one
 * thread.
 */
final class OtlpEncoder {

    private final ProtoWriter proto = new ProtoWriter();
    private final RuntimeConfig config;

    OtlpEncoder(RuntimeConfig config) {
        this.config = config;
    }

    /** The request's bytes are the first {@code size()} of the writer's. */
    ProtoWriter encode(List<LiveObservation> observations) {
        proto.clear();
        int resourceSpans = proto.begin(1);
        resource();
        int scopeSpans = proto.begin(2);
        int scope = proto.begin(1);
        proto.string(1, "sonde");
        proto.end(scope);
        for (LiveObservation observation : observations) {
            span(observation);
        }
        proto.end(scopeSpans);
        proto.end(resourceSpans);
        return proto;
    }

    private void resource() {
        int resource = proto.begin(1);
        attribute(1, "service.name", config.serviceName());
        attribute(1, "telemetry.sdk.language", "java");
        attribute(1, "telemetry.sdk.name", "sonde");
        attribute(1, "langfuse.environment", config.environment());
        attribute(1, "langfuse.release", config.release());
        proto.end(resource);
    }

    private void span(LiveObservation observation) {
        int span = proto.begin(2);
        proto.id(1, observation.trace().high(), observation.trace().low());
        proto.id(2, observation.id());
        if (observation.parentId() != 0) {
            proto.id(4, observation.parentId());
        }
        proto.string(5, observation.name());
        proto.integer(6, 1);
        proto.fixed64(7, WallClock.epochNanos(observation.startNanos()));
        proto.fixed64(8, WallClock.epochNanos(observation.endNanos()));
        attributes(observation);
        if (observation.failed()) {
            int status = proto.begin(15);
            proto.integer(3, 2);
            proto.end(status);
        }
        proto.end(span);
    }

    private void attributes(LiveObservation observation) {
        attribute(9, "langfuse.observation.type", observation.type().toLowerCase(Locale.ROOT));
        attribute(9, "langfuse.observation.input", observation.input());
        attribute(9, "langfuse.observation.output", observation.output());
        attribute(9, "thread.name", observation.thread().getName());
        attribute(9, "thread.id", observation.thread().getId());
        ObservedMethod method = observation.method();
        if (method != null) {
            attribute(9, "code.namespace", method.className());
            attribute(9, "code.function", method.methodName());
        }
        @Nullable Object[] own = observation.attributes();
        for (int i = 0; own != null && i < own.length && own[i] != null; i += 2) {
            attribute(9, (String) own[i], own[i + 1]);
        }
        for (Map.Entry<String, Object> entry : observation.around().values().entrySet()) {
            attribute(9, entry.getKey(), entry.getValue());
        }
    }

    private void attribute(int field, @Nullable String name, @Nullable Object value) {
        if (name == null || value == null) {
            return;
        }
        int keyValue = proto.begin(field);
        proto.string(1, name);
        int any = proto.begin(2);
        value(value);
        proto.end(any);
        proto.end(keyValue);
    }

    private void value(Object value) {
        if (value instanceof Boolean flag) {
            proto.integer(2, flag ? 1 : 0);
        } else if (value instanceof Long || value instanceof Integer) {
            proto.integer(3, ((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            proto.fixed64(4, Double.doubleToLongBits(((Number) value).doubleValue()));
        } else if (value instanceof Collection<?> many) {
            int array = proto.begin(5);
            for (Object element : many) {
                int any = proto.begin(1);
                proto.string(1, String.valueOf(element));
                proto.end(any);
            }
            proto.end(array);
        } else {
            proto.string(1, value.toString());
        }
    }
}
