package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.query.Granularity;
import dev.sonde.server.query.LangfuseMetrics;
import dev.sonde.server.query.MetricsQuery;
import dev.sonde.server.query.MetricsQuery.Aggregation;
import dev.sonde.server.storage.MetricsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/public/metrics} and {@code /v2/metrics}. */
final class MetricsResource {

    /** Spans without rows are answered too, and a long range has many minutes. */
    private static final int MOST_SPANS = 50_000;

    private static final int DATE_LENGTH = "2026-01-31".length();

    private final MetricsReader reader;

    MetricsResource(MetricsReader reader) {
        this.reader = reader;
    }

    JsonNode first(Call call, Caller caller) {
        return answer(LangfuseMetrics.parse(caller.project().id(), call.query("query"), false));
    }

    JsonNode second(Call call, Caller caller) {
        return answer(LangfuseMetrics.parse(caller.project().id(), call.query("query"), true));
    }

    private JsonNode answer(MetricsQuery query) {
        Granularity granularity = query.granularity();
        boolean filled = granularity != null && query.order().isEmpty();
        if (granularity != null && filled) {
            requireFew(query, granularity);
        }
        List<MetricsReader.Group> groups = reader.read(query);
        if (granularity != null && filled) {
            groups = filled(query, granularity, groups);
        }
        ObjectNode answer = Json.object();
        answer.set("data", TraceJson.array(groups, group -> json(query, group)));
        return answer;
    }

    private static void requireFew(MetricsQuery query, Granularity granularity) {
        Instant from = query.range().from();
        Instant to = query.range().to();
        if (from != null && to != null) {
            long spans = Duration.between(from, to).dividedBy(granularity.length());
            if (spans > MOST_SPANS) {
                throw HttpProblem.invalid("timeDimension.granularity: the range has " + spans
                        + " of these spans (expected: at most " + MOST_SPANS + ", or an orderBy)");
            }
        }
    }

    /** With a row of zeros for each span of time that has none. Groups are ordered by time. */
    private static List<MetricsReader.Group> filled(
            MetricsQuery query, Granularity granularity, List<MetricsReader.Group> groups) {
        Instant from = query.range().from();
        Instant to = query.range().to();
        if (from == null || to == null) {
            return groups;
        }
        List<MetricsReader.Group> all = new ArrayList<>();
        Iterator<MetricsReader.Group> rest = groups.iterator();
        MetricsReader.Group next = rest.hasNext() ? rest.next() : null;
        for (Instant start = granularity.start(from); start.isBefore(to); start = granularity.next(start)) {
            boolean none = true;
            while (next != null && start.equals(next.start())) {
                all.add(next);
                none = false;
                next = rest.hasNext() ? rest.next() : null;
            }
            if (none) {
                all.add(zero(query, start));
            }
        }
        return all.subList(0, Math.min(all.size(), query.limit()));
    }

    private static MetricsReader.Group zero(MetricsQuery query, Instant start) {
        List<@Nullable Object> dimensions = new ArrayList<>();
        query.dimensions().forEach(dimension -> dimensions.add(null));
        List<@Nullable Object> figures = new ArrayList<>();
        query.metrics()
                .forEach(metric -> figures.add(metric.aggregation() == Aggregation.HISTOGRAM ? List.of() : (Object) 0));
        return new MetricsReader.Group(start, dimensions, figures);
    }

    private static ObjectNode json(MetricsQuery query, MetricsReader.Group group) {
        ObjectNode json = Json.object();
        Instant start = group.start();
        Granularity granularity = query.granularity();
        if (start != null && granularity != null) {
            boolean clock = granularity == Granularity.MINUTE || granularity == Granularity.HOUR;
            String time = Json.time(start);
            json.put(MetricsQuery.TIME, clock ? time : time.substring(0, DATE_LENGTH));
        }
        for (int i = 0; i < query.dimensions().size(); i++) {
            json.set(
                    query.dimensions().get(i).name(),
                    Json.treeOrNull(group.dimensions().get(i)));
        }
        for (int i = 0; i < query.metrics().size(); i++) {
            json.set(query.metrics().get(i).name(), figure(group.metrics().get(i)));
        }
        return json;
    }

    private static JsonNode figure(@Nullable Object figure) {
        if (figure instanceof List<?> bins) {
            ArrayNode json = Json.array();
            for (Object one : bins) {
                MetricsReader.Bin bin = (MetricsReader.Bin) one;
                json.addArray().add(bin.from()).add(bin.to()).add(bin.count());
            }
            return json;
        }
        return Json.treeOrNull(figure);
    }
}
