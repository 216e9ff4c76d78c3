package dev.sonde.server.storage;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Trace;
import java.util.List;
import java.util.Set;

/**
 * What one durable commit takes away. Keys that nothing is stored under are passed over. Whoever deletes a trace names its
 * observations and scores too; whoever deletes less than that brings the trace with its new totals.
 *
 * @param changed traces that stay
 */
public record Deletion(
        Set<EntityKey> traces, Set<EntityKey> observations, Set<EntityKey> scores, List<Change<Trace>> changed) {

    public Deletion {
        traces = Set.copyOf(traces);
        observations = Set.copyOf(observations);
        scores = Set.copyOf(scores);
        changed = List.copyOf(changed);
    }
}
