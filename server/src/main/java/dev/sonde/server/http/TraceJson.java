package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Traces, observations and scores in the shapes of Langfuse's public interface, first generation. */
final class TraceJson {

    private TraceJson() {}

    /** The fields every answer with a trace has. */
    static ObjectNode trace(Trace trace, boolean withPayload) {
        ObjectNode json = Json.object();
        json.put("id", trace.id());
        json.put("timestamp", Json.time(trace.timestamp()));
        json.put("name", trace.name());
        json.set("input", withPayload ? Json.stored(trace.payload().input()) : null);
        json.set("output", withPayload ? Json.stored(trace.payload().output()) : null);
        json.put("sessionId", trace.sessionId());
        json.put("userId", trace.userId());
        json.put("release", trace.release());
        json.put("version", trace.version());
        json.set("metadata", metadata(trace.payload().metadata()));
        json.set("tags", Json.tree(trace.tags()));
        json.put("public", trace.isPublic());
        json.put("environment", trace.environment());
        json.putNull("externalId");
        json.put("projectId", trace.projectId());
        json.put("bookmarked", trace.bookmarked());
        json.put("createdAt", Json.time(trace.createdAt()));
        json.put("updatedAt", Json.time(trace.updatedAt()));
        return json;
    }

    static String htmlPath(Trace trace) {
        return "/project/" + trace.projectId() + "/traces/" + trace.id();
    }

    static double latencySeconds(Trace trace) {
        Instant start = trace.totals().start();
        Instant end = trace.totals().end();
        return start == null || end == null ? 0 : seconds(start, end);
    }

    /**
     * One observation.
     *
     * @param prices USD for one unit by usage type, of the model that matched; null when none did
     * @param tierId of that model, whose prices were applied; null when none were
     */
    static ObjectNode observation(
            Observation observation, @Nullable Map<String, BigDecimal> prices, @Nullable String tierId) {
        ObjectNode json = Json.object();
        json.put("id", observation.id());
        json.put("traceId", observation.traceId());
        json.put("projectId", observation.projectId());
        json.put("type", observation.type().name());
        json.put("name", observation.name());
        json.put("startTime", Json.time(observation.startTime()));
        json.put("endTime", Json.timeOrNull(observation.endTime()));
        json.put("completionStartTime", Json.timeOrNull(observation.completionStartTime()));
        json.set("input", Json.stored(observation.payload().input()));
        json.set("output", Json.stored(observation.payload().output()));
        json.set("metadata", metadata(observation.payload().metadata()));
        json.put("version", observation.version());
        json.put("level", observation.level().name());
        json.put("statusMessage", observation.statusMessage());
        json.put("parentObservationId", observation.parentId());
        json.put("environment", observation.environment());
        PromptLink prompt = observation.prompt();
        json.put("promptId", prompt == null ? null : prompt.id());
        json.put("promptName", prompt == null ? null : prompt.name());
        json.put("promptVersion", prompt == null ? null : prompt.version());
        model(json, observation.model(), prices);
        json.put("usagePricingTierId", tierId);
        Instant end = observation.endTime();
        Instant first = observation.completionStartTime();
        json.put("latency", end == null ? null : seconds(observation.startTime(), end));
        json.put("timeToFirstToken", first == null ? null : seconds(observation.startTime(), first));
        json.put("createdAt", Json.time(observation.createdAt()));
        json.put("updatedAt", Json.time(observation.updatedAt()));
        return json;
    }

    static ObjectNode score(Score score) {
        ObjectNode json = Json.object();
        json.put("id", score.id());
        json.put("projectId", score.projectId());
        json.put("name", score.name());
        json.put("dataType", score.dataType().name());
        json.put("source", score.source().name());
        json.put("environment", score.environment());
        if (score.dataType() != Score.DataType.TEXT) {
            json.put("value", score.value());
        }
        json.put("stringValue", score.stringValue());
        json.put("traceId", score.target().traceId());
        json.put("observationId", score.target().observationId());
        json.put("comment", score.details().comment());
        json.put("authorUserId", score.details().authorUserId());
        json.put("configId", score.details().configId());
        json.put("queueId", score.details().queueId());
        json.put("executionTraceId", score.details().executionTraceId());
        json.set("metadata", metadata(score.details().metadata()));
        json.put("timestamp", Json.time(score.timestamp()));
        json.put("createdAt", Json.time(score.createdAt()));
        json.put("updatedAt", Json.time(score.updatedAt()));
        return json;
    }

    /** A score with what may be judged beside traces. */
    static ObjectNode anyScore(Score score) {
        return score(score)
                .put("sessionId", score.target().sessionId())
                .put("datasetRunId", score.target().datasetRunId());
    }

    static <T> ArrayNode array(Collection<T> items, Function<T, JsonNode> json) {
        ArrayNode array = Json.array();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    static ObjectNode metadata(Map<String, String> metadata) {
        ObjectNode json = Json.object();
        metadata.forEach((key, value) -> json.set(key, Json.stored(value)));
        return json;
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1_000.0;
    }

    private static void model(ObjectNode json, ModelUse model, @Nullable Map<String, BigDecimal> prices) {
        json.put("model", model.providedModel());
        json.put("modelId", model.modelId());
        json.set("modelParameters", Json.stored(model.parametersJson()));
        json.set("usageDetails", Json.tree(new TreeMap<>(model.usage())));
        json.set("costDetails", Json.tree(new TreeMap<>(model.cost())));
        long input = model.usageOf("input");
        long output = model.usageOf("output");
        long total = model.totalUsage();
        json.set(
                "usage",
                Json.object()
                        .put("unit", "TOKENS")
                        .put("input", input)
                        .put("output", output)
                        .put("total", total));
        json.put("unit", "TOKENS");
        json.put("promptTokens", input);
        json.put("completionTokens", output);
        json.put("totalTokens", total);
        json.put("calculatedInputCost", costOf(model, "input"));
        json.put("calculatedOutputCost", costOf(model, "output"));
        BigDecimal cost = model.totalCost();
        json.put("calculatedTotalCost", cost == null ? BigDecimal.ZERO : cost);
        json.put("inputPrice", prices == null ? null : prices.get("input"));
        json.put("outputPrice", prices == null ? null : prices.get("output"));
        json.put("totalPrice", prices == null ? null : prices.get("total"));
        json.put("usagePricingTierName", model.pricingTierName());
        json.set("costBasis", ModelPrices.basis(model));
    }

    private static @Nullable BigDecimal costOf(ModelUse model, String part) {
        return model.cost().entrySet().stream()
                .filter(entry -> entry.getKey().contains(part))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal::add)
                .orElse(null);
    }
}
