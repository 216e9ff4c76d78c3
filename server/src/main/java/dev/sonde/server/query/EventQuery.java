package dev.sonde.server.query;

import java.util.Objects;

/**
 * Asks for traces, observations or scores of one project.
 *
 * @param range of timestamps of traces or scores, or of observation start times
 * @param withPayload whether input, output and metadata are read; without, rows carry {@code Payload.NONE};
 *     scores are always whole
 */
public record EventQuery(
        String projectId, Filter filter, TimeRange range, Order order, Slice slice, boolean withPayload) {

    public EventQuery {
        Objects.requireNonNull(projectId, "projectId");
    }

    /** The same question for another part of the answer. */
    public EventQuery with(Slice other) {
        return new EventQuery(projectId, filter, range, order, other, withPayload);
    }
}
