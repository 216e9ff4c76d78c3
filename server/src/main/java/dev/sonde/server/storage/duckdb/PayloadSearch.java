package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.Payload;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.payload.PayloadLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches input and output by reading the payload log, what arrived last first, within the question's time range. It
 * ends after {@link #MAX_FOUND} matches or the configured amount of text: what is older is then not found. The answer
 * names payload records, so a text that was since replaced does not count. Thread-safe.
 */
final class PayloadSearch {

    static final int MAX_FOUND = 10_000;

    private final PayloadLog log;
    private final long maxBytes;

    PayloadSearch(PayloadLog log, long maxBytes) {
        this.log = log;
        this.maxBytes = maxBytes;
    }

    /** What is looked for. */
    interface Matcher {
        boolean matches(Payload payload);
    }

    /** Packed references of the matching payloads. */
    List<Long> find(String project, TimeRange range, Matcher matcher) {
        List<Long> found = new ArrayList<>();
        long from = range.from() == null ? Long.MIN_VALUE : Times.bound(range.from());
        long to = range.to() == null ? Long.MAX_VALUE : Times.bound(range.to());
        log.scan(from, to, maxBytes, (ref, payloadRecord) -> {
            if (payloadRecord.sameAs() == null
                    && payloadRecord.key().projectId().equals(project)
                    && matcher.matches(payloadRecord.payload())) {
                found.add(ref.packed());
            }
            return found.size() < MAX_FOUND;
        });
        return found;
    }
}
