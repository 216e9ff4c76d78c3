package dev.sonde.runtime.context;

import io.opentelemetry.api.trace.TraceId;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One trace as this process knows it: its id, and attributes that hold for all of it and may become known while it runs.
 * Shared by all its observations, on any thread.
 */
public final class TraceState {

    private final long high;
    private final long low;
    private final boolean recorded;
    private volatile Attributes attributes = Attributes.NONE;

    private TraceState(long high, long low, boolean recorded) {
        this.high = high;
        this.low = low;
        this.recorded = recorded;
    }

    /** A trace with a random id. */
    public static TraceState random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long low = random.nextLong();
        return new TraceState(random.nextLong(), low == 0 ? 1 : low, true);
    }

    /** The trace of another agent that is current on the calling thread, else one with a random id. */
    public static TraceState foreignOrRandom() {
        TraceState foreign = ForeignTrace.current();
        return foreign == null ? random() : foreign;
    }

    /** A trace whose id came from elsewhere. */
    public static TraceState of(long high, long low) {
        return new TraceState(high, low, true);
    }

    /** This trace as a part sees it of which nothing is sent, because sampling left it out. */
    public TraceState unrecorded() {
        return new TraceState(high, low, false);
    }

    /** This trace as another project sees it: the same id, and attributes of its own. */
    public TraceState apart() {
        return new TraceState(high, low, recorded);
    }

    /** Whether its observations are sent. */
    public boolean recorded() {
        return recorded;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** The id as 32 lower-case hex digits. */
    public String id() {
        return TraceId.fromLongs(high, low);
    }

    /** What holds for the whole trace so far. */
    public Attributes attributes() {
        return attributes;
    }

    /** Adds or replaces one attribute of the whole trace. */
    public synchronized void set(String name, Object value) {
        attributes = attributes.with(name, value);
    }
}
