package dev.sonde.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, for machines as JSON and for people as Markdown. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Machine machine;
    private final List<Section> sections;

    Report(Machine machine, List<Section> sections) {
        this.machine = machine;
        this.sections = List.copyOf(sections);
    }

    /** Writes both forms; {@code json} and {@code markdown} are replaced. */
    void write(Path json, Path markdown) throws IOException {
        JSON.writeValue(json.toFile(), json());
        Files.writeString(markdown, markdown());
    }

    String markdown() {
        return machine.sentence() + "\n"
                + sections.stream().map(Report::markdown).collect(Collectors.joining());
    }

    private static String markdown(Section section) {
        StringBuilder text = new StringBuilder();
        text.append("\n## ")
                .append(section.title())
                .append("\n\n")
                .append(section.note())
                .append("\n\n|");
        text.append(" | ")
                .append(String.join(" | ", section.columns().keySet()))
                .append(" | rounds |\n|---|");
        text.append("--:|".repeat(section.columns().size())).append("---|\n");
        for (Section.Row row : section.rows()) {
            text.append("| ").append(row.contestant()).append(" |");
            row.figures()
                    .forEach((column, figure) -> text.append(' ')
                            .append(number(figure, section.columns().getOrDefault(column, 0)))
                            .append(" |"));
            int decimals = section.columns().values().iterator().next();
            text.append(' ')
                    .append(row.rounds().stream().map(r -> number(r, decimals)).collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        if (!section.bars().isEmpty()) {
            text.append("\n| bar | measured | limit | |\n|---|--:|--:|---|\n");
        }
        for (Section.Bar bar : section.bars()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s %s | %s |%n",
                    bar.name(),
                    number(bar.figure(), 2),
                    bar.relation(),
                    number(bar.limit(), 2),
                    bar.met() ? "met" : "**missed**"));
        }
        return text.toString();
    }

    private static String number(double figure, int decimals) {
        return Double.isNaN(figure) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", figure);
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        root.set("machine", JSON.valueToTree(machine));
        ArrayNode list = root.putArray("sections");
        for (Section section : sections) {
            ObjectNode node = list.addObject().put("title", section.title());
            ArrayNode rows = node.putArray("rows");
            for (Section.Row row : section.rows()) {
                ObjectNode line = rows.addObject().put("contestant", row.contestant());
                ObjectNode figures = line.putObject("figures");
                for (Map.Entry<String, Double> figure : row.figures().entrySet()) {
                    if (!figure.getValue().isNaN()) {
                        figures.put(figure.getKey(), figure.getValue());
                    }
                }
                line.set("rounds", JSON.valueToTree(row.rounds()));
            }
            node.set("bars", JSON.valueToTree(section.bars()));
        }
        return root;
    }
}
