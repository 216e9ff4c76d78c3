package dev.sonde.server.pricing;

import com.google.re2j.Pattern;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PricedModel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The models of a project: its own, which come first, and those of the price table. Thread-safe. */
public final class Models {

    private static final int LONGEST_NAME = 300;
    private static final Comparator<Own> LATEST_FIRST = Comparator.comparing(
            own -> own.model().startDate(), Comparator.nullsLast(Comparator.<Instant>reverseOrder()));

    private final PriceTable table;
    private final Function<String, List<PricedModel>> stored;
    private final Map<String, List<Own>> ofProjects = new ConcurrentHashMap<>();

    /**
     * @param stored the own models of a project, asked when they are first needed and after each {@link #forget}
     */
    public Models(PriceTable table, Function<String, List<PricedModel>> stored) {
        this.table = table;
        this.stored = stored;
    }

    private record Own(PricedModel model, Pattern pattern) {}

    /** The price table. */
    public PriceTable table() {
        return table;
    }

    /** The model that an observation's is, as it was priced when the observation began. */
    public Optional<PricedModel> find(Observation observation) {
        String name = observation.model().providedModel();
        if (name == null || name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        Instant at = observation.startTime();
        return own(observation.projectId()).stream()
                .filter(own -> PriceTable.holds(own.model(), at)
                        && own.pattern().matcher(name).find())
                .map(Own::model)
                .findFirst()
                .or(() -> table.find(name, at));
    }

    /** A project's model by its id. */
    public Optional<PricedModel> get(String projectId, String id) {
        return own(projectId).stream()
                .map(Own::model)
                .filter(model -> model.id().equals(id))
                .findFirst()
                .or(() -> table.get(id));
    }

    /** To be called when a project's own models changed. */
    public void forget(String projectId) {
        ofProjects.remove(projectId);
    }

    private List<Own> own(String projectId) {
        return ofProjects.computeIfAbsent(
                projectId,
                project -> stored.apply(project).stream()
                        .map(model -> new Own(model, Pattern.compile(model.pattern())))
                        .sorted(LATEST_FIRST)
                        .toList());
    }
}
