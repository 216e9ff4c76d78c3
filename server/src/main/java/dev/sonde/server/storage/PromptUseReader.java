package dev.sonde.server.storage;

import dev.sonde.server.query.TimeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how prompts are used: what the generations made from them took, cost and were judged. */
public interface PromptUseReader {

    /**
     * The generations made from one version of a prompt.
     *
     * @param failed those with level ERROR
     * @param medianMillis of those that have ended, null while there is none
     * @param cost USD in all, null while none has a known cost
     * @param priced how many have a known cost
     * @param scores mean of the numeric scores given to the generations themselves, by name
     */
    record Use(
            String name,
            int version,
            long uses,
            long failed,
            Instant lastUsed,
            @Nullable Double medianMillis,
            long inputUsage,
            long outputUsage,
            @Nullable BigDecimal cost,
            long priced,
            Map<String, Double> scores) {

        public Use {
            scores = Map.copyOf(scores);
        }
    }

    /** How often generations were made from each prompt, by name; prompts without any are left out. */
    Map<String, Long> counts(String projectId, TimeRange range);

    /** The used versions of one prompt, highest first. */
    List<Use> uses(String projectId, String name, TimeRange range);
}
