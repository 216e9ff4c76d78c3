package dev.sonde.benchmarks.programs;

import io.opentelemetry.instrumentation.annotations.WithSpan;

/** Observed by OpenTelemetry's agent. */
public final class OpenTelemetryCalls implements Calls {

    @Override
    @WithSpan
    public int root(int seed) {
        int result = seed;
        for (int i = 0; i < CHILDREN; i++) {
            result = child(result);
        }
        return result;
    }

    @WithSpan
    int child(int seed) {
        return Work.of(seed);
    }
}
