package dev.sonde.server.ingest;

import java.util.Set;

/** Traces of one project that a durable commit has touched. */
public record Committed(String projectId, Set<String> traceIds) {

    public Committed {
        traceIds = Set.copyOf(traceIds);
    }
}
