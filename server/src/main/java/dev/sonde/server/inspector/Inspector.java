package dev.sonde.server.inspector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last requests of each project, in memory: they say what is wrong now, not what was. Requests without the right key
 * have a place of their own, so that nobody can push out what the project's own clients sent. Thread-safe.
 */
public final class Inspector {

    private static final int MOST_REQUESTS = 2_000;
    private static final int MOST_STRANGERS = 200;
    private static final int MOST_WEIGHT = 1 << 20;

    private final Map<String, Ring> own = new ConcurrentHashMap<>();
    private final Map<String, Ring> strangers = new ConcurrentHashMap<>();

    /**
     * Notes a request.
     *
     * @param known whether it showed the right key of the project
     */
    public void add(String projectId, boolean known, Inspection inspection) {
        (known ? own : strangers)
                .computeIfAbsent(projectId, id -> new Ring(known ? MOST_REQUESTS : MOST_STRANGERS))
                .add(inspection);
    }

    /** The last requests, newest first. */
    public List<Inspection> latest(String projectId, int most, boolean onlyProblems) {
        List<Inspection> all = new ArrayList<>();
        for (Map<String, Ring> rings : List.of(own, strangers)) {
            Ring ring = rings.get(projectId);
            if (ring != null) {
                ring.addTo(all, most, onlyProblems);
            }
        }
        all.sort((a, b) -> b.at().compareTo(a.at()));
        return List.copyOf(all.subList(0, Math.min(all.size(), most)));
    }

    private static final class Ring {
        private final int mostRequests;
        /** Guarded by itself. Newest first. */
        private final Deque<Inspection> requests = new ArrayDeque<>();

        private int weight;

        Ring(int mostRequests) {
            this.mostRequests = mostRequests;
        }

        void add(Inspection inspection) {
            synchronized (requests) {
                requests.addFirst(inspection);
                weight += inspection.weight();
                while (requests.size() > mostRequests || weight > MOST_WEIGHT) {
                    weight -= requests.removeLast().weight();
                }
            }
        }

        void addTo(List<Inspection> found, int most, boolean onlyProblems) {
            synchronized (requests) {
                Iterator<Inspection> newest = requests.iterator();
                for (int left = most; left > 0 && newest.hasNext(); ) {
                    Inspection each = newest.next();
                    if (!onlyProblems || each.rejected() > 0) {
                        found.add(each);
                        left--;
                    }
                }
            }
        }
    }
}
