package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Score;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.ScoreReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code GET /api/public/v3/scores}: pages by cursor, a value of its own type, and fields in groups. */
final class ScoresV3Resource {

    private static final Set<String> GROUPS = Set.of("details", "subject", "annotation");

    private final ScoreReader reader;

    ScoresV3Resource(ScoreReader reader) {
        this.reader = reader;
    }

    JsonNode list(Call call, Caller caller) {
        Set<String> groups = new HashSet<>(call.queryList("fields"));
        if (!GROUPS.containsAll(groups)) {
            throw HttpProblem.invalid(
                    "fields: expected some of " + GROUPS.stream().sorted().toList());
        }
        int limit = call.queryInt("limit", 50, 1, 100);
        List<Score> found = reader.find(new EventQuery(
                caller.project().id(),
                new ScoresV3Filter(call).filter(),
                new TimeRange(call.queryTime("fromTimestamp"), call.queryTime("toTimestamp")),
                Order.NEWEST_FIRST,
                new Slice(limit + 1, 0, Cursors.parse(call.query("cursor"))),
                false));
        List<Score> page = found.subList(0, Math.min(limit, found.size()));
        ObjectNode meta = Json.object().put("limit", limit);
        if (found.size() > limit) {
            Score last = page.get(limit - 1);
            meta.put("cursor", Cursors.after(last.timestamp(), last.id()));
        }
        ObjectNode answer = Json.object();
        answer.set("data", TraceJson.array(page, score -> json(score, groups)));
        answer.set("meta", meta);
        return answer;
    }

    private static ObjectNode json(Score score, Set<String> groups) {
        ObjectNode json = Json.object()
                .put("id", score.id())
                .put("projectId", score.projectId())
                .put("name", score.name())
                .put("dataType", score.dataType().name())
                .put("source", score.source().name())
                .put("environment", score.environment())
                .put("timestamp", Json.time(score.timestamp()))
                .put("createdAt", Json.time(score.createdAt()))
                .put("updatedAt", Json.time(score.updatedAt()));
        switch (score.dataType()) {
            case NUMERIC -> json.put("value", score.value());
            case BOOLEAN -> json.put("value", score.value() == 1);
            default -> json.put("value", score.stringValue() == null ? "" : score.stringValue());
        }
        Score.Details details = score.details();
        if (groups.contains("details")) {
            json.put("comment", details.comment()).put("configId", details.configId());
            json.set("metadata", TraceJson.metadata(details.metadata()));
        }
        if (groups.contains("annotation")) {
            json.put("authorUserId", details.authorUserId()).put("queueId", details.queueId());
        }
        if (groups.contains("subject")) {
            json.set("subject", subject(score.target()));
        }
        return json;
    }

    private static ObjectNode subject(Score.Target target) {
        if (target.observationId() != null) {
            return Json.object()
                    .put("kind", "observation")
                    .put("id", target.observationId())
                    .put("traceId", target.traceId());
        } else if (target.traceId() != null) {
            return Json.object().put("kind", "trace").put("id", target.traceId());
        }
        return target.sessionId() != null
                ? Json.object().put("kind", "session").put("id", target.sessionId())
                : Json.object().put("kind", "experiment").put("id", target.datasetRunId());
    }
}
