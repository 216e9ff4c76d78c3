package dev.sonde.benchmarks.programs;

/** Nobody observes these: the baseline. */
public final class PlainCalls implements Calls {

    @Override
    public int root(int seed) {
        int result = seed;
        for (int i = 0; i < CHILDREN; i++) {
            result = child(result);
        }
        return result;
    }

    int child(int seed) {
        return Work.of(seed);
    }
}
