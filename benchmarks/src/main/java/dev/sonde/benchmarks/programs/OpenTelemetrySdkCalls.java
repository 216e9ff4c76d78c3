package dev.sonde.benchmarks.programs;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;

/** Spans made by hand with OpenTelemetry's SDK, its batch processor and its OTLP exporter, as they come. */
public final class OpenTelemetrySdkCalls implements Calls {

    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                            .setEndpoint("http://127.0.0.1:" + Integer.getInteger("benchmarks.port") + "/v1/traces")
                            .build())
                    .build())
            .build();
    private final Tracer tracer = provider.get("benchmarks");

    @Override
    public int root(int seed) {
        Span span = tracer.spanBuilder("root").startSpan();
        try (Scope scope = span.makeCurrent()) {
            int result = seed;
            for (int i = 0; i < CHILDREN; i++) {
                result = child(result);
            }
            return result;
        } finally {
            span.end();
        }
    }

    int child(int seed) {
        Span span = tracer.spanBuilder("child").startSpan();
        try (Scope scope = span.makeCurrent()) {
            return Work.of(seed);
        } finally {
            span.end();
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
