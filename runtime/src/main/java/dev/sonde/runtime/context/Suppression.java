package dev.sonde.runtime.context;

/** A context in which nothing is recorded, nor below it. */
public final class Suppression extends Context implements Context.Current {

    private final TraceState trace = TraceState.random().unrecorded();

    public Suppression() {
        super(Attributes.NONE);
    }

    @Override
    public Current observation() {
        return this;
    }

    @Override
    public TraceState trace() {
        return trace;
    }

    @Override
    public long id() {
        return 1;
    }
}
