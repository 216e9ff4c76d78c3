package dev.sonde.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names in a path that has more than one. Names may contain slashes, which clients encode once, twice or not at all:
 * where a path can be read in several ways, all are answered, the one of a client that encodes first.
 */
final class PathNames {

    private static final String BETWEEN = "runs";

    private PathNames() {}

    /** How {@code dataset/runs}, or {@code dataset/runs/run}, can be read. */
    record Reading(String dataset, Optional<String> run) {}

    /** Readings of the part of an encoded path after a prefix; none when it is only the name of a dataset. */
    static List<Reading> runs(String encodedPath, String prefix) {
        String path = encodedPath.replaceFirst("[?#].*", "");
        List<String> segments =
                List.of(path.substring(Math.min(path.length(), prefix.length())).split("/", -1));
        List<Reading> readings = new ArrayList<>();
        int last = segments.size() - 1;
        for (int i = 1; i < last; i++) {
            if (segments.get(i).equals(BETWEEN)) {
                add(readings, segments.subList(0, i), Optional.of(segments.subList(i + 1, last + 1)));
            }
        }
        if (last > 0 && segments.get(last).equals(BETWEEN)) {
            add(readings, segments.subList(0, last), Optional.empty());
        }
        return readings;
    }

    /** The name that a client encoded once more than it had to; empty when there is nothing to decode. */
    static Optional<String> decoded(String name) {
        if (!name.contains("%")) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a percent sign that encodes nothing
        }
    }

    private static void add(List<Reading> readings, List<String> dataset, Optional<List<String>> run) {
        String name = once(String.join("/", dataset));
        Optional<String> runName = run.map(segments -> once(String.join("/", segments)));
        readings.add(new Reading(name, runName));
        Optional<String> again = decoded(name);
        Optional<String> runAgain = runName.flatMap(PathNames::decoded);
        if (again.isPresent() || runAgain.isPresent()) {
            readings.add(new Reading(again.orElse(name), runAgain.or(() -> runName)));
        }
    }

    private static String once(String encoded) {
        return decoded(encoded).orElse(encoded);
    }
}
