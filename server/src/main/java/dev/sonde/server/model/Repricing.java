package dev.sonde.server.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over stored observations that computes their costs with the prices of today.
 *
 * @param askedBy the key or the e-mail address of who asked for it
 * @param dryRun whether nothing was changed
 * @param from start times, inclusive
 * @param to start times, exclusive
 * @param model the name of the model as clients sent it; null for all
 * @param problem why it failed; null unless it did
 * @param differences by model, in order of their names; as far as it has come while it is running
 * @param endedAt null while it is running
 */
public record Repricing(
        String id,
        String projectId,
        String askedBy,
        boolean dryRun,
        Instant from,
        Instant to,
        @Nullable String model,
        State state,
        @Nullable String problem,
        List<Difference> differences,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public Repricing {
        differences = List.copyOf(differences);
    }

    /** How far it is. */
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * What it makes of one model's observations.
     *
     * @param model the name as clients sent it
     * @param observations all that were looked at
     * @param provided those whose cost the client sent: they are left alone
     * @param changed those whose cost, entry or tier is another now
     * @param costBefore USD, of those whose cost is computed and known
     * @param costAfter the same, with the prices of today
     */
    public record Difference(
            String model,
            long observations,
            long provided,
            long changed,
            BigDecimal costBefore,
            BigDecimal costAfter) {}

    /** The same pass, further on. */
    public Repricing with(
            State newState, @Nullable String newProblem, List<Difference> newDifferences, @Nullable Instant end) {
        return new Repricing(
                id, projectId, askedBy, dryRun, from, to, model, newState, newProblem, newDifferences, startedAt, end);
    }
}
