package dev.sonde.agent.calls;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back, maybe only in part.
 *
 * @param id the provider's id of the answer; null when it did not get that far
 * @param model the model that answered; null when unknown
 * @param output JSON text; null when nothing came
 * @param usage buckets that do not overlap; empty when the provider sent none
 * @param finishReasons one for each choice that finished
 * @param error what the provider says went wrong inside an answer; null when nothing did
 */
public record Answered(
        @Nullable String id,
        @Nullable String model,
        @Nullable String output,
        Map<String, Long> usage,
        List<String> finishReasons,
        @Nullable String error) {
    /** Nothing came. */
    public static final Answered NOTHING = new Answered(null, null, null, Map.of(), List.of(), null);
}
