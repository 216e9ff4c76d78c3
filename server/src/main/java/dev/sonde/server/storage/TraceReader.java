package dev.sonde.server.storage;

import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Facet;
import java.util.List;
import java.util.Optional;

/**
 * Reads traces. A question that compares a field with a value of another kind, or orders by a field that traces
 * do not have, is an {@link IllegalArgumentException}.
 *
 * <p>Conditions on {@code INPUT}, {@code OUTPUT} and {@code TEXT} read text, the newest arrived first, and may stop at a
 * limit of the engine; what is older is then not found.
 */
public interface TraceReader {

    /** Rows in the order asked for; at most the slice's limit. */
    List<Trace> find(EventQuery query);

    /** How many rows the query has in all; its slice is ignored. */
    long count(EventQuery query);

    /** One trace with its payload. */
    Optional<Trace> find(String projectId, String traceId);

    /**
     * The most frequent values among the query's rows, most frequent first, at most the slice's limit. For lists each
     * element counts. Columns: name, user, session, environment, release, version, tags, level.
     */
    List<Facet> facet(EventQuery query, Column column);
}
