package dev.sonde.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to one question: a table with a line for each contestant, and the bars it is held to. One thread. */
final class Section {

    private final String title;
    private final String note;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();

    Section(String title, String note) {
        this.title = title;
        this.note = note;
    }

    /** Adds a column that is printed with this many decimals. */
    Section column(String name, int decimals) {
        columns.put(name, decimals);
        return this;
    }

    /** Adds a line; {@code figures} in the order of the columns, NaN for none; {@code rounds} are of the first column. */
    void row(Contestant contestant, List<Double> rounds, double... figures) {
        if (figures.length != columns.size()) {
            throw new IllegalArgumentException(figures.length + " figures for " + columns.keySet());
        }
        Map<String, Double> named = new LinkedHashMap<>();
        int at = 0;
        for (String column : columns.keySet()) {
            named.put(column, figures[at++]);
        }
        rows.add(new Row(contestant.label(), named, List.copyOf(rounds)));
    }

    /** Adds a bar that a figure must not exceed. */
    void atMost(String name, double figure, double limit) {
        bars.add(new Bar(name, figure, "at most", limit, figure <= limit));
    }

    /** Adds a bar that a figure must reach. */
    void atLeast(String name, double figure, double limit) {
        bars.add(new Bar(name, figure, "at least", limit, figure >= limit));
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    /** Names and decimals, from left to right. */
    Map<String, Integer> columns() {
        return columns;
    }

    List<Row> rows() {
        return rows;
    }

    List<Bar> bars() {
        return bars;
    }

    /** A line of the table. */
    record Row(String contestant, Map<String, Double> figures, List<Double> rounds) {}

    /** What Sonde promises, and whether it held. */
    record Bar(String name, double figure, String relation, double limit, boolean met) {}
}
