package dev.sonde.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceTotals;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Traces and observations in the shapes the web pages read. */
final class UiJson {

    private UiJson() {}

    /** A row of the list. */
    static ObjectNode row(Trace trace) {
        TraceTotals totals = trace.totals();
        ObjectNode json = Json.object()
                .put("id", trace.id())
                .put("timestamp", Json.time(trace.timestamp()))
                .put("name", trace.name())
                .put("userId", trace.userId())
                .put("sessionId", trace.sessionId())
                .put("release", trace.release())
                .put("version", trace.version())
                .put("environment", trace.environment());
        json.set("tags", Json.tree(trace.tags()));
        json.put("level", totals.level() == null ? null : totals.level().name());
        json.put("bookmarked", trace.bookmarked()).put("public", trace.isPublic());
        json.put("latencyMs", latencyMillis(totals));
        json.put("observationCount", totals.observations())
                .put("errorCount", totals.errors())
                .put("warningCount", totals.warnings())
                .put("inputUsage", totals.inputUsage())
                .put("outputUsage", totals.outputUsage())
                .put("totalUsage", totals.totalUsage())
                .put("cost", totals.cost());
        ObjectNode scores = json.putObject("scores");
        totals.scores().forEach(scores::put);
        totals.categories().forEach(scores::put);
        json.put("inputPreview", Previews.of(trace.payload().input()));
        json.put("outputPreview", Previews.of(trace.payload().output()));
        return json;
    }

    /**
     * A whole trace without its observations.
     *
     * @param running whether some observation has not ended
     */
    static ObjectNode trace(Trace trace, boolean running, Collection<Score> scores) {
        ObjectNode json = row(trace).put("running", running);
        json.put("input", trace.payload().input());
        json.put("output", trace.payload().output());
        json.set("metadata", Json.tree(trace.payload().metadata()));
        json.put("createdAt", Json.time(trace.createdAt()));
        json.put("updatedAt", Json.time(trace.updatedAt()));
        json.set("scores", scores(scores));
        return json;
    }

    /** One observation with its payload. */
    static ObjectNode observation(Observation o, @Nullable Map<String, BigDecimal> prices, Collection<Score> scores) {
        ObjectNode json = Json.object()
                .put("id", o.id())
                .put("traceId", o.traceId())
                .put("parentId", o.parentId())
                .put("type", o.type().name())
                .put("name", o.name())
                .put("startTime", o.startTime().toString())
                .put("endTime", o.endTime() == null ? null : String.valueOf(o.endTime()))
                .put(
                        "completionStartTime",
                        o.completionStartTime() == null ? null : String.valueOf(o.completionStartTime()))
                .put("level", o.level().name())
                .put("statusMessage", o.statusMessage())
                .put("version", o.version())
                .put("environment", o.environment());
        ObjectNode model = json.putObject("model")
                .put("name", o.model().providedModel())
                .put("modelId", o.model().modelId())
                .put("tier", o.model().pricingTierName());
        model.set("parameters", Json.stored(o.model().parametersJson()));
        model.set("usage", Json.tree(new TreeMap<>(o.model().usage())));
        model.set("cost", Json.tree(new TreeMap<>(o.model().cost())));
        model.put("totalCost", o.model().totalCost());
        model.put("costProvided", o.model().costProvided());
        model.set("prices", prices == null ? null : Json.tree(new TreeMap<>(prices)));
        model.set("costBasis", ModelPrices.basis(o.model()));
        if (o.prompt() == null) {
            json.putNull("prompt");
        } else {
            json.putObject("prompt")
                    .put("name", o.prompt().name())
                    .put("version", o.prompt().version());
        }
        json.put("input", o.payload().input()).put("output", o.payload().output());
        json.set("metadata", Json.tree(o.payload().metadata()));
        json.set("scores", scores(scores));
        return json;
    }

    /** A row of a list of observations. */
    static ObjectNode observationRow(Observation o) {
        Instant end = o.endTime();
        return Json.object()
                .put("id", o.id())
                .put("traceId", o.traceId())
                .put("type", o.type().name())
                .put("name", o.name())
                .put("startTime", Json.time(o.startTime()))
                .put(
                        "latencyMs",
                        end == null
                                ? null
                                : Duration.between(o.startTime(), end).toNanos() / 1_000_000.0)
                .put("level", o.level().name())
                .put("model", o.model().providedModel())
                .put(
                        "promptVersion",
                        o.prompt() == null ? null : Integer.valueOf(o.prompt().version()))
                .put("inputUsage", o.model().usageOf("input"))
                .put("outputUsage", o.model().usageOf("output"))
                .put("cost", o.model().totalCost())
                .put("inputPreview", Previews.of(o.payload().input()))
                .put("outputPreview", Previews.of(o.payload().output()));
    }

    static ArrayNode scores(Collection<Score> scores) {
        return TraceJson.array(
                scores,
                score -> Json.object()
                        .put("id", score.id())
                        .put("name", score.name())
                        .put("dataType", score.dataType().name())
                        .put("value", score.value())
                        .put("stringValue", score.stringValue())
                        .put("comment", score.details().comment())
                        .put("source", score.source().name())
                        .put("observationId", score.target().observationId())
                        .put("timestamp", Json.time(score.timestamp())));
    }

    private static @Nullable Double latencyMillis(TraceTotals totals) {
        return totals.start() == null || totals.end() == null
                ? null
                : Duration.between(totals.start(), totals.end()).toNanos() / 1_000_000.0;
    }
}
