package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Observations in the shape of Langfuse's public interface, second generation: some fields always, the others in groups.
 *
 * @param groups those asked for
 * @param expanded metadata keys whose values are not cut
 * @param traces of the observations, by id; for what only the trace was told
 */
record ObservationV2Json(Set<String> groups, Set<String> expanded, Map<String, Trace> traces, ModelPrices prices) {

    static final Set<String> GROUPS =
            Set.of("core", "basic", "time", "io", "metadata", "model", "usage", "prompt", "metrics", "trace_context");

    private static final int METADATA_LENGTH = 200;

    JsonNode of(Observation o) {
        ObjectNode json = Json.object()
                .put("id", o.id())
                .put("traceId", o.traceId())
                .put("startTime", Json.time(o.startTime()))
                .put("endTime", Json.timeOrNull(o.endTime()))
                .put("projectId", o.projectId())
                .put("parentObservationId", o.parentId())
                .put("type", o.type().name());
        model(json, o);
        if (groups.contains("basic")) {
            basic(json, o);
        }
        if (groups.contains("time")) {
            json.put("completionStartTime", Json.timeOrNull(o.completionStartTime()))
                    .put("createdAt", Json.time(o.createdAt()))
                    .put("updatedAt", Json.time(o.updatedAt()));
        }
        if (groups.contains("io")) {
            json.put("input", o.payload().input()).put("output", o.payload().output());
        }
        if (groups.contains("metadata")) {
            json.set("metadata", metadata(o.payload().metadata()));
        }
        if (groups.contains("usage")) {
            usage(json, o.model());
        }
        if (groups.contains("prompt")) {
            PromptLink prompt = o.prompt();
            json.put("promptId", prompt == null ? null : prompt.id())
                    .put("promptName", prompt == null ? null : prompt.name())
                    .put("promptVersion", prompt == null ? null : (Integer) prompt.version());
        }
        if (groups.contains("metrics")) {
            json.put("latency", seconds(o.startTime(), o.endTime()))
                    .put("timeToFirstToken", seconds(o.startTime(), o.completionStartTime()));
        }
        if (groups.contains("trace_context")) {
            traceContext(json, o);
        }
        return json;
    }

    private void basic(ObjectNode json, Observation o) {
        Trace trace = traces.get(o.traceId());
        TraceContext context = o.context();
        json.put("name", o.name())
                .put("level", o.level().name())
                .put("statusMessage", o.statusMessage())
                .put("version", o.version())
                .put("environment", o.environment())
                .put("bookmarked", trace != null && trace.bookmarked())
                .put("public", trace != null && trace.isPublic())
                .put("userId", first(context.userId(), trace == null ? null : trace.userId()))
                .put("sessionId", first(context.sessionId(), trace == null ? null : trace.sessionId()))
                .put("isRootObservation", o.parentId() == null || context.appRoot());
    }

    private void traceContext(ObjectNode json, Observation o) {
        Trace trace = traces.get(o.traceId());
        TraceContext context = o.context();
        List<String> tags = trace == null ? context.tags() : trace.tags();
        json.put("traceName", first(context.traceName(), trace == null ? null : trace.name()))
                .put("release", first(context.release(), trace == null ? null : trace.release()))
                .set("tags", Json.tree(tags));
    }

    private void model(ObjectNode json, Observation o) {
        ModelUse use = o.model();
        boolean wanted = groups.contains("model");
        Map<String, BigDecimal> found = wanted ? prices.find(o).orElse(Map.of()) : Map.of();
        json.put("modelId", wanted ? use.modelId() : null)
                .put("inputPrice", text(found.get("input")))
                .put("outputPrice", text(found.get("output")))
                .put("totalPrice", text(found.get("total")));
        if (wanted) {
            json.put("providedModelName", use.providedModel())
                    .put("internalModelId", use.modelId())
                    .set("modelParameters", Json.stored(use.parametersJson()));
        }
    }

    private static void usage(ObjectNode json, ModelUse use) {
        json.set("usageDetails", Json.tree(new TreeMap<>(use.usage())));
        json.set("costDetails", Json.tree(new TreeMap<>(use.cost())));
        json.put("totalCost", use.totalCost()).put("usagePricingTierName", use.pricingTierName());
        json.set("costBasis", ModelPrices.basis(use));
    }

    /** Long values are cut, unless they were asked for; what was cut is text, whatever it was. */
    private ObjectNode metadata(Map<String, String> metadata) {
        ObjectNode json = Json.object();
        metadata.forEach((key, value) -> {
            if (value.length() <= METADATA_LENGTH || expanded.contains(key)) {
                json.set(key, Json.stored(value));
            } else {
                json.put(key, value.substring(0, METADATA_LENGTH));
            }
        });
        return json;
    }

    private static @Nullable Double seconds(Instant from, @Nullable Instant to) {
        return to == null ? null : (Double) TraceJson.seconds(from, to);
    }

    private static @Nullable String text(@Nullable BigDecimal price) {
        return price == null ? null : price.toPlainString();
    }

    private static @Nullable String first(@Nullable String own, @Nullable String otherwise) {
        return own == null ? otherwise : own;
    }
}
