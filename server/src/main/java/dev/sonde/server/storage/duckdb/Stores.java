package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.payload.PayloadLog;

/** What the readers and the writer of one open store share. */
record Stores(
        Columns columns,
        PayloadLog log,
        IdTimes times,
        EntityStore<Trace> traces,
        EntityStore<Observation> observations,
        EntityStore<Score> scores) {

    static Stores of(Columns columns, PayloadLog log) {
        IdTimes times = new IdTimes(columns, IdTimes.RECENT);
        return new Stores(
                columns,
                log,
                times,
                new EntityStore<>(new TraceTable(), columns, log, times),
                new EntityStore<>(new ObservationTable(), columns, log, times),
                new EntityStore<>(new ScoreTable(), columns, log, times));
    }
}
