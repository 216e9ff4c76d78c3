package dev.sonde.runtime.export;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of everything that was offered, observations and scores alike. Once nothing moves, each is in exactly one
 * of sent, failed, dropped, filtered, spooled or still queued.
 */
public final class Counters {

    final LongAdder sent = new LongAdder();
    final LongAdder failed = new LongAdder();
    /** Counted by the threads that offer. */
    final LongAdder refused = new LongAdder();
    /** As all the others, counted by the export thread alone. */
    final LongAdder discarded = new LongAdder();

    final LongAdder filtered = new LongAdder();
    final LongAdder spooled = new LongAdder();
    final LongAdder replayed = new LongAdder();

    Counters() {}

    /** Acknowledged by the server. */
    public long sent() {
        return sent.sum();
    }

    /** Refused by the server, or given up on after the retry window. */
    public long failed() {
        return failed.sum();
    }

    /** Not taken because the queue or the spool was full. */
    public long dropped() {
        return refused.sum() + discarded.sum();
    }

    /** Left out by a processor of the application. */
    public long filtered() {
        return filtered.sum();
    }

    /** On disk now, to be sent when the server is back. */
    public long spooled() {
        return spooled.sum();
    }

    /** What the export thread has settled in one way or another. */
    long settled() {
        return sent.sum() + failed.sum() + discarded.sum() + filtered.sum() + spooled.sum();
    }

    /** Found on disk from an earlier process and acknowledged by the server; in no other count. */
    public long replayed() {
        return replayed.sum();
    }
}
