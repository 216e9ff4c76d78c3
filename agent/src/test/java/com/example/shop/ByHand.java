package com.example.shop;

import dev.sonde.Observation;
import dev.sonde.Scope;
import dev.sonde.Sonde;
import dev.sonde.annotations.ObservationType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Uses the facade and no annotation. */
public final class ByHand {

    private ByHand() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        System.out.println("active " + Sonde.isActive());
        try (Scope scope = Sonde.propagate().userId("ada").start();
                Observation outer = Sonde.start(ObservationType.AGENT, "outer")) {
            pool.submit(() -> Sonde.run(ObservationType.TOOL, "inner", () -> {}))
                    .get();
            System.out.println("trace " + outer.traceId().equals(Sonde.traceId()));
        }
        pool.shutdown();
    }
}
