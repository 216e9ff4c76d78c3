package dev.sonde.server.storage;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import java.util.List;

/** What one durable commit writes: full new states, each id at most once per kind. */
public record WriteGroup(
        List<Change<Trace>> traces, List<Change<Observation>> observations, List<Change<Score>> scores) {

    public WriteGroup {
        traces = List.copyOf(traces);
        observations = List.copyOf(observations);
        scores = List.copyOf(scores);
    }
}
