package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.PromptUseReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads uses of prompts from {@code obs} and {@code obs_hot}. */
final class DuckDbPromptUseReader implements PromptUseReader {

    private final Columns columns;

    DuckDbPromptUseReader(Stores stores) {
        this.columns = stores.columns();
    }

    @Override
    public Map<String, Long> counts(String projectId, TimeRange range) {
        Map<String, Long> counts = new HashMap<>();
        Sql sql = Sql.of("SELECT prompt_name, count(*) FROM (")
                .add(rows(projectId, null, range, "prompt_name"))
                .add(") GROUP BY prompt_name");
        columns.list("count uses of prompts", sql, from -> counts.put(from.text(), from.number()));
        return counts;
    }

    @Override
    public List<Use> uses(String projectId, String name, TimeRange range) {
        Map<Integer, Map<String, Double>> scores = scores(projectId, name, range);
        Sql sql = Sql.of("SELECT prompt_version, count(*), count(*) FILTER (WHERE level = 'ERROR'),"
                        + " epoch_us(max(start_time)), median(epoch_us(end_time) - epoch_us(start_time)) / 1000,"
                        + " sum(input_usage)::BIGINT, sum(output_usage)::BIGINT, sum(total_cost), count(total_cost)"
                        + " FROM (")
                .add(rows(
                        projectId,
                        name,
                        range,
                        "prompt_version, level, start_time, end_time, input_usage, output_usage, total_cost"))
                .add(") WHERE prompt_version IS NOT NULL GROUP BY prompt_version ORDER BY prompt_version DESC");
        return columns.list("read uses of a prompt", sql, from -> {
            int version = from.integer();
            long uses = from.number();
            long failed = from.number();
            Instant last = from.time();
            Double median = from.nullableDecimal();
            return new Use(
                    name,
                    version,
                    uses,
                    failed,
                    last,
                    median,
                    from.number(),
                    from.number(),
                    from.nullableMoney(),
                    from.number(),
                    scores.getOrDefault(version, Map.of()));
        });
    }

    /** Scores are given after what they judge, so the range's end is not theirs. */
    private Map<Integer, Map<String, Double>> scores(String projectId, String name, TimeRange range) {
        Map<Integer, Map<String, Double>> means = new HashMap<>();
        Sql sql = Sql.of("SELECT o.prompt_version, s.name, avg(s.value) FROM scores s JOIN (")
                .add(rows(projectId, name, range, "id, prompt_version"))
                .add(") o ON s.observation_id = o.id WHERE s.data_type IN ('NUMERIC', 'BOOLEAN') AND s.project = ")
                .value(projectId)
                .add(" AND o.prompt_version IS NOT NULL GROUP BY o.prompt_version, s.name");
        columns.list(
                "average scores of a prompt",
                sql,
                from -> means.computeIfAbsent(from.integer(), k -> new TreeMap<>())
                        .put(from.text(), from.decimal()));
        return means;
    }

    private static Sql rows(String projectId, @Nullable String name, TimeRange range, String selected) {
        Sql sql = new Sql();
        for (String table : List.of("obs", ObservationTable.HOT)) {
            sql.add(sql.text().isEmpty() ? "" : " UNION ALL ")
                    .add("SELECT " + selected + " FROM " + table + " WHERE project = ")
                    .value(projectId);
            if (name == null) {
                sql.add(" AND prompt_name IS NOT NULL");
            } else {
                sql.add(" AND prompt_name = ").value(name);
            }
            if (range.from() != null) {
                sql.add(" AND start_time >= ").time(Times.bound(range.from()));
            }
            if (range.to() != null) {
                sql.add(" AND start_time < ").time(Times.bound(range.to()));
            }
        }
        return sql;
    }
}
