package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.storage.duckdb.IdTimes.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ids of one project that lie close together in time, so that one statement with tight bounds finds them all.
 */
record Cluster(String project, List<String> ids, Span span) {

    private static final long DAY_MICROS = 86_400_000_000L;

    /** Above this many, one wide statement a project is cheaper than many narrow ones. */
    private static final int MAX_CLUSTERS = 32;

    /** Clusters of these ids by project and day. */
    static Collection<Cluster> of(Map<EntityKey, Span> spans) {
        Map<List<Object>, Cluster> byDay = new LinkedHashMap<>();
        spans.forEach((key, span) -> add(byDay, List.of(key.projectId(), span.from() / DAY_MICROS), key, span));
        if (byDay.size() <= MAX_CLUSTERS) {
            return byDay.values();
        }
        Map<List<Object>, Cluster> byProject = new LinkedHashMap<>();
        spans.forEach((key, span) -> add(byProject, List.of(key.projectId()), key, span));
        return byProject.values();
    }

    private static void add(Map<List<Object>, Cluster> clusters, List<Object> group, EntityKey key, Span span) {
        Cluster cluster = clusters.getOrDefault(group, new Cluster(key.projectId(), new ArrayList<>(), span));
        cluster.ids().add(key.id());
        clusters.put(
                group,
                new Cluster(cluster.project(), cluster.ids(), cluster.span().plus(span)));
    }

    /** {@code WHERE} this project, within these times, any of these ids. */
    Sql where(String timeColumn) {
        return Sql.of(" WHERE project = ")
                .value(project)
                .add(" AND " + timeColumn + " >= ")
                .time(span.from())
                .add(" AND " + timeColumn + " <= ")
                .time(span.to())
                .add(" AND id")
                .in(ids);
    }
}
