package dev.sonde.server.storage;

import dev.sonde.server.model.Observation;
import dev.sonde.server.query.EventQuery;
import java.util.List;
import java.util.Optional;

/**
 * Reads observations. A question that compares a field with a value of another kind, or orders by a field that observations
 * do not have, is an {@link IllegalArgumentException}.
 *
 * <p>Conditions on {@code INPUT}, {@code OUTPUT} and {@code TEXT} read text, the newest arrived first, and may stop at a
 * limit of the engine; what is older is then not found.
 */
public interface ObservationReader {

    /** Rows in the order asked for; at most the slice's limit. */
    List<Observation> find(EventQuery query);

    /** How many rows the query has in all; its slice is ignored. */
    long count(EventQuery query);

    /** One observation with its payload. */
    Optional<Observation> find(String projectId, String observationId);

    /** All observations of a trace by start time, then id; however many there are. */
    List<Observation> ofTrace(String projectId, String traceId, boolean withPayload);
}
