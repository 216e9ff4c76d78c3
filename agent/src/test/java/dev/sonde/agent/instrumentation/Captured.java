package dev.sonde.agent.instrumentation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.testkit.collector.CollectedObservation;
import java.util.List;
import java.util.function.Predicate;

/** What an instrumentation can capture of an operation, as the compatibility table says it. */
enum Captured {
    MODEL("model", observation -> observation.model() != null),
    PARAMETERS("parameters", observation -> !observation.modelParameters().isEmpty()),
    INPUT("input", observation -> observation.input() != null),
    OUTPUT("output", observation -> observation.output() != null),
    TOOLS("tools offered", observation -> names(observation.inputJson(), "tools", "toolConfig")),
    TOOL_CALLS(
            "tool calls",
            observation -> names(
                    observation.outputJson(),
                    "tool_calls",
                    "toolCalls",
                    "tool_use",
                    "toolUse",
                    "functionCall",
                    "function_call",
                    "toolExecutionRequests")),
    FIRST_TOKEN("first token", observation -> observation.completionStart() != null),
    USAGE("usage", observation -> !observation.usage().isEmpty()),
    CACHED(
            "cached tokens",
            observation -> observation.usage().keySet().stream().anyMatch(key -> key.contains("cache"))),
    REASONING("reasoning tokens", observation -> observation.usage().containsKey("output_reasoning_tokens")),
    FINISH("finish reason", observation -> observation.attributes().containsKey("gen_ai.response.finish_reasons")),
    RESPONSE_ID("response id", observation -> observation.attributes().containsKey("gen_ai.response.id")),
    ERROR("error", observation -> observation.level().equals("ERROR")),
    CUT_SHORT("cut short", observation -> observation.level().equals("WARNING"));

    private final String words;
    private final Predicate<CollectedObservation> seen;

    Captured(String words, Predicate<CollectedObservation> seen) {
        this.words = words;
        this.seen = seen;
    }

    String words() {
        return words;
    }

    boolean in(CollectedObservation observation) {
        return seen.test(observation);
    }

    /** Whether one of these is a field anywhere in the JSON, or what a {@code type} in it says. */
    private static boolean names(JsonNode json, String... wanted) {
        List<String> types = json.findValuesAsText("type");
        for (String each : wanted) {
            if (json.findValue(each) != null || types.contains(each)) {
                return true;
            }
        }
        return false;
    }
}
