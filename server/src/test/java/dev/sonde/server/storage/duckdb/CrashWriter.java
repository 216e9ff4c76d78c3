package dev.sonde.server.storage.duckdb;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.payload;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.totals;
import static dev.sonde.server.storage.TestEvents.trace;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.Baseline;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.WriteGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes one group after the other and prints the number of each once it is written, until it is killed. Group n adds
 * trace n with a score and five observations, the last of them open; ends the open one of group n - 3; and renames trace
 * n - 1.
 */
final class CrashWriter {

    static final int OBSERVATIONS = 5;

    private CrashWriter() {}

    public static void main(String[] args) {
        try (Storage storage = DuckDbStores.open(Path.of(args[0]))) {
            for (int n = Integer.parseInt(args[1]); n < 1_000_000; n++) {
                storage.writer().write(group(storage, n));
                System.out.println(n);
                System.out.flush();
            }
        }
    }

    static Trace newTrace(int n) {
        return trace("t" + n)
                .at(NOON.plusMillis(n))
                .with(t -> {
                    t.payload = payload("trace input " + n, null);
                    t.totals = totals(b -> b.with(x -> {
                        x.start = NOON.plusMillis(n);
                        x.end = NOON.plusMillis(n + 500);
                    }));
                })
                .build();
    }

    static Trace renamedTrace(int n) {
        Trace old = newTrace(n);
        return trace(old.id())
                .at(old.timestamp())
                .with(t -> {
                    t.name = "renamed";
                    t.payload = old.payload();
                    t.totals = old.totals();
                })
                .build();
    }

    static Observation newObservation(int n, int i, boolean ended) {
        return observation("o" + n + "-" + i, "t" + n)
                .at(NOON.plusMillis(n + i))
                .with(o -> {
                    o.payload =
                            payload(("input " + n + " " + i + " ").repeat(1 + n % 97), ended ? "output " + n : null);
                    o.endTime = ended ? NOON.plusMillis(n + 500) : null;
                })
                .build();
    }

    static Score newScore(int n) {
        return score("s" + n, "quality", n)
                .with(s -> s.target = new Score.Target("t" + n, null, null, null))
                .build();
    }

    static WriteGroup group(Storage storage, int n) {
        List<Change<Trace>> traces = new ArrayList<>(added(newTrace(n)));
        List<Change<Observation>> observations = new ArrayList<>();
        for (int i = 0; i < OBSERVATIONS; i++) {
            observations.addAll(added(newObservation(n, i, i < OBSERVATIONS - 1)));
        }
        EntityKey renamed = new EntityKey(PROJECT, "t" + (n - 1));
        EntityKey ended = new EntityKey(PROJECT, "o" + (n - 3) + "-" + (OBSERVATIONS - 1));
        Baseline baseline = storage.writer().baseline(Set.of(renamed), Set.of(ended), Set.of());
        if (n >= 1) {
            traces.add(new Change<>(baseline.traces().get(renamed), renamedTrace(n - 1)));
        }
        if (n >= 3) {
            observations.add(
                    new Change<>(baseline.observations().get(ended), newObservation(n - 3, OBSERVATIONS - 1, true)));
        }
        return new WriteGroup(traces, observations, added(newScore(n)));
    }
}
