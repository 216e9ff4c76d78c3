package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the newest Java with long-term support, whose home is {@code JAVA25_HOME}. */
class WeavingOnJava25IT extends WeavingContract {

    /** Compiled by the launcher, so the class files are of that version. */
    private static final String SOURCE = """
            import dev.sonde.annotations.Observe;

            class Main {
                static class Base {
                    final String name;
                    Base(String name) { this.name = name; }
                }

                static class Shop extends Base {
                    @Observe
                    Shop(Object what, long size) {
                        String text = switch (what) {
                            case Integer number when number > 1 -> "many";
                            case Integer number -> "one";
                            case String word -> word;
                            default -> throw new IllegalArgumentException("what");
                        };
                        for (int i = 0; i < size; i++) {
                            text += i;
                        }
                        super(text);
                        for (int i = 0; i < size; i++) {
                            if (i > 5) {
                                throw new IllegalStateException("size");
                            }
                        }
                    }
                }

                record Pair(String left, int right) {
                    @Observe
                    Pair {
                        if (right < 0) {
                            throw new IllegalArgumentException("right");
                        }
                    }

                    @Observe
                    String text() {
                        return switch (this) {
                            case Pair(String word, int number) when number > 0 -> word + number;
                            case Pair pair -> pair.left;
                        };
                    }
                }

                @Observe
                static String joined() throws Exception {
                    String[] found = new String[1];
                    Thread.ofVirtual().start(() -> found[0] = new Pair("a", 1).text()).join();
                    return found[0];
                }

                public static void main(String[] arguments) throws Exception {
                    System.out.println(new Shop(2, 3).name + new Shop(1, 0).name + new Shop("x", 1).name);
                    try {
                        new Shop(2.0, 1);
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                    try {
                        new Shop("y", 9);
                    } catch (IllegalStateException e) {
                        System.out.println(e.getMessage());
                    }
                    System.out.println(joined());
                }
            }
            """;

    @Override
    Path javaHome() {
        String home = System.getenv("JAVA25_HOME");
        assumeThat(home).as("JAVA25_HOME").isNotNull();
        return Path.of(home);
    }

    @Test
    void classFilesOfItsOwnVersion_areWoven(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("Main.java");
        Files.writeString(source, SOURCE);
        try (OtlpCollector collector = OtlpCollector.start()) {
            Ended ended = ChildJvm.of(javaHome())
                    .agent("public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl())
                    .run(source.toString());

            assertThat(ended.out()).containsExactly("many012onex0", "what", "size", "a1");
            assertThat(ended.err()).containsExactly("[sonde] on: observations go to " + collector.baseUrl());
            // what fails before super(…) was never an object
            assertThat(collector.take(7))
                    .extracting(CollectedObservation::name, CollectedObservation::level)
                    .containsExactlyInAnyOrder(
                            tuple("new Shop", "DEFAULT"),
                            tuple("new Shop", "DEFAULT"),
                            tuple("new Shop", "DEFAULT"),
                            tuple("new Shop", "ERROR"),
                            tuple("new Pair", "DEFAULT"),
                            tuple("Pair.text", "DEFAULT"),
                            tuple("Main.joined", "DEFAULT"));
        }
    }

    /** Subtasks and threads that only this version has; a preview, so compiled by the launcher. */
    private static final String SCOPES = """
            import dev.sonde.annotations.Observe;
            import java.util.concurrent.StructuredTaskScope;

            class Scopes {
                @Observe
                static String leaf(String way) { return way; }

                @Observe(name = "root")
                static String everything() throws Exception {
                    try (var scope = StructuredTaskScope.open()) {
                        var one = scope.fork(() -> leaf("subtask 1"));
                        var two = scope.fork(() -> leaf("subtask 2"));
                        scope.join();
                        Thread.ofPlatform().start(() -> leaf("platform builder")).join();
                        Thread.ofVirtual().start(() -> leaf("virtual builder")).join();
                        return one.get() + ", " + two.get();
                    }
                }

                public static void main(String[] arguments) throws Exception {
                    System.out.println(everything());
                }
            }
            """;

    @Test
    void structuredScopes_carryTheContext(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("Scopes.java");
        Files.writeString(source, SCOPES);
        try (OtlpCollector collector = OtlpCollector.start()) {
            Ended ended = ChildJvm.of(javaHome())
                    .agent("public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl())
                    .option("--enable-preview")
                    .option("--source=25")
                    .run(source.toString());

            assertThat(ended.out()).as(ended.toString()).containsExactly("subtask 1, subtask 2");
            CollectedObservation root = collector.takeNamed("root");
            assertThat(collector.take(4))
                    .extracting(CollectedObservation::input, CollectedObservation::parentId)
                    .containsExactlyInAnyOrder(
                            tuple("subtask 1", root.id()),
                            tuple("subtask 2", root.id()),
                            tuple("platform builder", root.id()),
                            tuple("virtual builder", root.id()));
        }
    }
}
