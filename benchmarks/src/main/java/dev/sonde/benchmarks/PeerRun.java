package dev.sonde.benchmarks;

import dev.sonde.benchmarks.sink.Sink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures Sonde beside its peers and writes what came out. Arguments: Sonde's agent, this module's build directory, the
 * commit, rounds, whether rounds are short, and which of {@code hammer paced hello web chat}; all when none is named.
 */
public final class PeerRun {

    private PeerRun() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Place place = new Place(Path.of(arguments[0]), Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[3]);
        boolean quick = Boolean.parseBoolean(arguments[4]);
        List<String> chosen = List.of(arguments).subList(5, arguments.length);
        List<String> questions = chosen.isEmpty() ? List.of("hammer", "paced", "hello", "web", "chat") : chosen;
        Machine machine = Machine.here(arguments[2], rounds);
        List<Section> sections = new ArrayList<>();
        Report report = new Report(machine, sections);
        try (Sink sink = Sink.start()) {
            Setting setting = new Setting(place, sink, rounds, quick);
            for (String question : questions) {
                System.out.print(question + " ");
                sections.add(answer(question, setting));
                report = new Report(machine, sections);
                report.write(
                        place.target().resolve("peers.json"), place.target().resolve("peers.md"));
            }
        }
        System.out.println(report.markdown());
        System.out.println("Written to " + place.target() + "/peers.json and peers.md");
    }

    private static Section answer(String question, Setting setting) throws Exception {
        return switch (question) {
            case "hammer" -> new CallRun(setting).hammer();
            case "paced" -> new CallRun(setting).paced();
            case "hello" -> new StartRun(setting).hello();
            case "web" -> new StartRun(setting).web();
            case "chat" -> new ChatRun(setting).chat();
            default -> throw new IllegalArgumentException("no such question: " + question);
        };
    }
}
