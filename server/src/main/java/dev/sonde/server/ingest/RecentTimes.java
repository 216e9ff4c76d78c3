package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers when the parts of lately written traces, observations and scores were said. What fell out of memory counts as older
 * than everything that comes. Used by the committer's thread.
 */
final class RecentTimes {

    private static final int MOST = 25_000;

    private final Map<EntityKey, Said> traces = new Newest();
    private final Map<EntityKey, Said> observations = new Newest();
    private final Map<EntityKey, Said> scores = new Newest();

    /**
     * A copy to go on with.
     *
     * @param isNew whether nothing is stored of it
     */
    Said find(Fragment.Kind kind, EntityKey key, boolean isNew) {
        Said known = of(kind).get(key);
        return isNew || known == null ? new Said(isNew) : known.copy();
    }

    void keep(Fragment.Kind kind, Map<EntityKey, Said> written) {
        of(kind).putAll(written);
    }

    private Map<EntityKey, Said> of(Fragment.Kind kind) {
        return switch (kind) {
            case TRACE -> traces;
            case OBSERVATION -> observations;
            case SCORE -> scores;
        };
    }

    private static final class Newest extends LinkedHashMap<EntityKey, Said> {
        Newest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntityKey, Said> eldest) {
            return size() > MOST;
        }
    }
}
