package dev.sonde.server.prompts;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.storage.PromptStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in which stored prompt an observation was made from, by the name and version its client gave. Answers of the
 * store hold for a second, for a group of observations names few prompts many times. Thread-safe.
 */
public final class PromptLinks {

    private static final Duration HELD = Duration.ofSeconds(1);
    private static final int MOST_HELD = 1_000;

    private final PromptStore store;
    private final Clock clock;

    /** Guarded by itself; oldest first. */
    private final Map<Asked, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
            return size() > MOST_HELD;
        }
    };

    public PromptLinks(PromptStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The same observation; a prompt it names that is not stored here keeps its name and has no id. */
    public Observation link(Observation o) {
        PromptLink link = o.prompt();
        if (link == null || link.id() != null) {
            return o;
        }
        Optional<String> id = id(new Asked(o.projectId(), link.name(), link.version()));
        return id.isEmpty() ? o : with(o, new PromptLink(id.get(), link.name(), link.version()));
    }

    private Optional<String> id(Asked asked) {
        Instant now = clock.instant();
        synchronized (known) {
            Known held = known.get(asked);
            if (held != null && now.isBefore(held.until())) {
                return held.id();
            }
            known.remove(asked);
        }
        Optional<String> id = store.findId(asked.projectId(), asked.name(), asked.version());
        synchronized (known) {
            known.put(asked, new Known(id, now.plus(HELD)));
        }
        return id;
    }

    private static Observation with(Observation o, PromptLink link) {
        return new Observation(
                o.projectId(),
                o.id(),
                o.traceId(),
                o.parentId(),
                o.type(),
                o.name(),
                o.startTime(),
                o.endTime(),
                o.completionStartTime(),
                o.level(),
                o.statusMessage(),
                o.version(),
                o.environment(),
                o.model(),
                link,
                o.context(),
                o.payload(),
                o.createdAt(),
                o.updatedAt());
    }

    private record Asked(String projectId, String name, int version) {}

    private record Known(Optional<String> id, Instant until) {}
}
