package dev.sonde.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What each contestant's rounds measured, and their medians. One thread. */
final class Rounds {

    private final List<Contestant> contestants;
    private final Map<Contestant, List<Map<String, Double>>> figures = new EnumMap<>(Contestant.class);

    Rounds(List<Contestant> contestants) {
        this.contestants = List.copyOf(contestants);
    }

    /** In the order of the table. */
    List<Contestant> contestants() {
        return contestants;
    }

    void add(Contestant contestant, Map<String, Double> round) {
        figures.computeIfAbsent(contestant, k -> new ArrayList<>()).add(round);
    }

    /** In the order they were measured. */
    List<Double> all(Contestant contestant, String name) {
        List<Double> all = new ArrayList<>();
        for (Map<String, Double> round : figures.getOrDefault(contestant, List.of())) {
            Double figure = round.get(name);
            if (figure == null) {
                throw new IllegalStateException(contestant + " did not measure " + name + ": " + round.keySet());
            }
            all.add(figure);
        }
        return all;
    }

    /** Of an even number of rounds, the mean of the two in the middle. */
    double median(Contestant contestant, String name) {
        List<Double> sorted = all(contestant, name).stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** How much more than without an agent, by medians. */
    double added(Contestant contestant, String name) {
        return median(contestant, name) - median(Contestant.NONE, name);
    }
}
