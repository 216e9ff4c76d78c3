package dev.sonde.benchmarks;

import dev.sonde.benchmarks.sink.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one run of the benchmarks has in common.
 *
 * @param rounds how often each contestant is measured
 * @param quick whether rounds are short: good for a look, not for a figure in a document
 */
record Setting(Place place, Sink sink, int rounds, boolean quick) {

    /** Seconds before a contestant is measured; compilers and exporters settle. */
    int warmUpSeconds() {
        return quick ? 3 : 5;
    }

    /** Seconds in which it is measured. */
    int measuredSeconds() {
        return quick ? 1 : 3;
    }

    /** Every contestant in every round; every other round runs backwards, so that none is always first. */
    Rounds interleave(List<Contestant> contestants, Measurement measurement) throws Exception {
        Rounds rounds = new Rounds(contestants);
        for (int round = 0; round < this.rounds; round++) {
            List<Contestant> order = new ArrayList<>(contestants);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Contestant contestant : order) {
                System.out.print(".");
                System.out.flush();
                rounds.add(contestant, measurement.of(contestant));
            }
        }
        System.out.println();
        return rounds;
    }

    /** Measures one contestant once. */
    interface Measurement {

        /** Figures by name. */
        java.util.Map<String, Double> of(Contestant contestant) throws Exception;
    }
}
