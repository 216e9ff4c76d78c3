package dev.sonde.agent.instrumentation.springai;

import dev.sonde.runtime.context.Context;
import org.jspecify.annotations.Nullable;

/** One of Spring AI's observations while it runs, and what we record of it. For any thread. */
abstract class Run {

    private final Kind kind;
    private final Place place;
    private final long startNanos = System.nanoTime();

    /** The last call of a model below this; null before the first. */
    private volatile @Nullable ModelRun lastCall;

    Run(Kind kind, Place place) {
        this.kind = kind;
        this.place = place;
    }

    /**
     * Where it was started.
     *
     * @param above the nearest of Spring AI's observations around it; null for none
     * @param context what was current there; null for nothing
     */
    record Place(@Nullable Run above, @Nullable Context context) {}

    final Kind kind() {
        return kind;
    }

    final Place place() {
        return place;
    }

    /** {@link System#nanoTime()} at the start. */
    final long startNanos() {
        return startNanos;
    }

    /** What is current while it runs; null for nothing. */
    abstract @Nullable Context inside();

    /** Where something goes that Spring AI says happened below it. */
    abstract @Nullable Context below(Kind inner);

    /** Its end, with the context of Spring AI's observation. */
    abstract void stop(Object context);

    /** The application has cancelled its stream; the end follows. */
    abstract void cancelled();

    /** The application has let go of its stream; no end will follow. */
    abstract void abandoned();

    /** Its answer will stream. */
    void streams() {}

    /** One more part of a streamed answer: a {@code ChatResponse}. */
    void part(Object response) {}

    /** A model is called below this. */
    final void calls(ModelRun call) {
        for (Run run = this; run != null; run = run.place.above()) {
            run.lastCall = call;
        }
    }

    final @Nullable ModelRun lastCall() {
        return lastCall;
    }
}
