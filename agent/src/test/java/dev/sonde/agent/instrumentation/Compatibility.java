package dev.sonde.agent.instrumentation;

import dev.sonde.testkit.collector.CollectedObservation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the tests of this run saw captured of each library, by operation and version. Any thread. */
final class Compatibility {
    // Library to operation to version, the versions in the order of the tests.
    private static final Map<String, Map<String, Map<String, Set<Captured>>>> SEEN =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Compatibility() {}

    /** Adds what a test that passed has seen. Plain spans are the application's own. */
    static synchronized void saw(String library, String version, List<CollectedObservation> observations) {
        for (CollectedObservation observation : observations) {
            if (!observation.type().equals("span")) {
                Set<Captured> captured = SEEN.computeIfAbsent(library, key -> new TreeMap<>())
                        .computeIfAbsent(operation(observation), key -> new LinkedHashMap<>())
                        .computeIfAbsent(version, key -> EnumSet.noneOf(Captured.class));
                Arrays.stream(Captured.values())
                        .filter(each -> each.in(observation))
                        .forEach(captured::add);
            }
        }
    }

    /** The sections of the page, by library: those of libraries that ran are as seen, others as they were. */
    static synchronized Map<String, String> sections(String before) {
        Map<String, String> sections = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String section : before.split("(?m)^## ")) {
            if (!section.isBlank()) {
                sections.put(section.substring(0, section.indexOf('\n')), "## " + section.strip() + "\n");
            }
        }
        SEEN.forEach((library, operations) -> sections.put(library, "## " + library + "\n\n" + table(operations)));
        return sections;
    }

    private static String table(Map<String, Map<String, Set<Captured>>> operations) {
        StringBuilder text = new StringBuilder("| operation | versions | captured |\n|---|---|---|\n");
        operations.forEach((operation, versions) -> {
            Map<Set<Captured>, List<String>> alike = versions.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getValue,
                            LinkedHashMap::new,
                            Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
            alike.forEach((captured, same) -> text.append("| %s | %s | %s |\n"
                    .formatted(
                            operation,
                            String.join(", ", same),
                            captured.stream().map(Captured::words).collect(Collectors.joining(", ")))));
        });
        return text.toString();
    }

    private static String operation(CollectedObservation observation) {
        Object operation = observation.attributes().get("gen_ai.operation.name");
        return operation == null ? observation.type() : operation.toString();
    }
}
