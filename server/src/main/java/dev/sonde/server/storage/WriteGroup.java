package dev.sonde.server.storage;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import java.util.List;

/**
 * What one durable commit writes: full new states, each id at most once per kind.
 *
 * <p>Engines store the totals of a trace as they are given and rely on them: a group that changes an observation or a
 * score also brings the trace with its new totals, whose {@code start} and {@code end} span the start times of all
 * observations of the trace. Reads of those observations look nowhere else.
 */
public record WriteGroup(
        List<Change<Trace>> traces, List<Change<Observation>> observations, List<Change<Score>> scores) {

    public WriteGroup {
        traces = List.copyOf(traces);
        observations = List.copyOf(observations);
        scores = List.copyOf(scores);
    }
}
