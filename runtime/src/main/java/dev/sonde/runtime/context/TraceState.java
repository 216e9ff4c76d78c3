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
    private volatile Attributes attributes = Attributes.NONE;

    private TraceState(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** A trace with a random id. */
    public static TraceState random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long low = random.nextLong();
        return new TraceState(random.nextLong(), low == 0 ? 1 : low);
    }

    /** A trace whose id came from elsewhere. */
    public static TraceState of(long high, long low) {
        return new TraceState(high, low);
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
