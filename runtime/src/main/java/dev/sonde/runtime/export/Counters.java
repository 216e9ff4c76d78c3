package dev.sonde.runtime.export;

import java.util.concurrent.atomic.LongAdder;

/** What became of everything that was offered; each event is in exactly one of sent, dropped, failed or queued. */
public final class Counters {

    final LongAdder sent = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failed = new LongAdder();

    Counters() {}

    /** Acknowledged by the server. */
    public long sent() {
        return sent.sum();
    }

    /** Not taken because the queue was full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Refused by the server, or given up on after the retry window. */
    public long failed() {
        return failed.sum();
    }
}
