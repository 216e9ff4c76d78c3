package dev.sonde.server.ingest;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.TraceTotals;
import dev.sonde.server.storage.Change;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a trace's totals in step with its observations and scores, by difference: nothing is read again. Earliest start,
 * latest end and worst level only ever widen, so an observation that takes back its end or its level leaves them as they
 * were.
 */
final class Totals {

    private int observations;
    private int errors;
    private int warnings;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private @Nullable Level level;
    private long input;
    private long output;
    private long total;
    private @Nullable BigDecimal cost;
    private final Map<String, Double> scores;
    private final Map<String, String> categories;

    Totals(TraceTotals before) {
        observations = before.observations();
        errors = before.errors();
        warnings = before.warnings();
        start = before.start();
        end = before.end();
        level = before.level();
        input = before.inputUsage();
        output = before.outputUsage();
        total = before.totalUsage();
        cost = before.cost();
        scores = new HashMap<>(before.scores());
        categories = new HashMap<>(before.categories());
    }

    /** An observation that was of another trace until now. */
    void gone(Observation observation) {
        count(observation, -1);
    }

    void observation(Change<Observation> change) {
        Observation before = change.before();
        if (before != null && before.traceId().equals(change.after().traceId())) {
            count(before, -1);
        }
        Observation after = change.after();
        count(after, 1);
        Instant last = after.endTime() == null ? after.startTime() : after.endTime();
        start = start == null || after.startTime().isBefore(start) ? after.startTime() : start;
        end = end == null || last.isAfter(end) ? last : end;
        level = level == null || after.level().compareTo(level) > 0 ? after.level() : level;
    }

    /** Takes back what scores of this name said. */
    void forget(String score) {
        scores.remove(score);
        categories.remove(score);
    }

    void score(Score score) {
        switch (score.dataType()) {
            case NUMERIC, BOOLEAN -> scores.put(score.name(), score.value());
            case CATEGORICAL -> categories.put(score.name(), String.valueOf(score.stringValue()));
            case TEXT, CORRECTION -> {
                // words are no figure
            }
        }
    }

    TraceTotals build() {
        return new TraceTotals(
                observations, errors, warnings, start, end, level, input, output, total, cost, scores, categories);
    }

    private void count(Observation o, int sign) {
        observations += sign;
        errors += o.level() == Level.ERROR ? sign : 0;
        warnings += o.level() == Level.WARNING ? sign : 0;
        input += sign * o.model().usageOf("input");
        output += sign * o.model().usageOf("output");
        total += sign * o.model().totalUsage();
        BigDecimal own = o.model().totalCost();
        if (own != null) {
            BigDecimal sum = cost == null ? BigDecimal.ZERO : cost;
            cost = sign > 0 ? sum.add(own) : sum.subtract(own);
        }
    }
}
