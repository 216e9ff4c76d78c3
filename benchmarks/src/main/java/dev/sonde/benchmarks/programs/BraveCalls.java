package dev.sonde.benchmarks.programs;

import brave.ScopedSpan;
import brave.Tracer;
import brave.Tracing;
import java.io.IOException;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/** Spans made by hand with Brave, its asynchronous reporter and its sender, as they come. */
public final class BraveCalls implements Calls {

    private final BytesMessageSender sender =
            URLConnectionSender.create("http://127.0.0.1:" + Integer.getInteger("benchmarks.port") + "/api/v2/spans");
    private final AsyncZipkinSpanHandler handler = AsyncZipkinSpanHandler.create(sender);
    private final Tracing tracing = Tracing.newBuilder()
            .localServiceName("benchmarks")
            .addSpanHandler(handler)
            .build();
    private final Tracer tracer = tracing.tracer();

    @Override
    public int root(int seed) {
        ScopedSpan span = tracer.startScopedSpan("root");
        try {
            int result = seed;
            for (int i = 0; i < CHILDREN; i++) {
                result = child(result);
            }
            return result;
        } finally {
            span.finish();
        }
    }

    int child(int seed) {
        ScopedSpan span = tracer.startScopedSpan("child");
        try {
            return Work.of(seed);
        } finally {
            span.finish();
        }
    }

    @Override
    public void close() throws IOException {
        handler.close();
        tracing.close();
        sender.close();
    }
}
