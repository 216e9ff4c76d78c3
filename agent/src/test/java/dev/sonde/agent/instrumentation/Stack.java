package dev.sonde.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.Sources;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The class path of an application as {@code stacks} resolves it: one version of a library with what it asks for.
 *
 * @param name of the folder below {@code stacks}
 * @param classPath absolute paths of jars
 */
public record Stack(String name, List<String> classPath) {

    public Stack {
        classPath = List.copyOf(classPath);
    }

    /** The stack in that folder, which the build has written. */
    public static Stack of(String name) throws IOException {
        String jars = Files.readString(Path.of("stacks", name, "target", "classpath.txt"));
        return new Stack(name, List.of(jars.strip().split(File.pathSeparator)));
    }

    /**
     * Compiles a program against the stack and the annotations, as a build for Spring does: with the names of parameters.
     *
     * @param apps folders below {@code src/test/apps} that make up the program; files that are no sources go with the classes
     * @return the program's classes and the stack's jars
     */
    public List<String> compiled(String... apps) throws IOException {
        Map<String, String> sources = new HashMap<>();
        Map<String, String> others = new HashMap<>();
        for (String app : apps) {
            Path folder = Path.of("src", "test", "apps", app);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = folder.relativize(file).toString();
                    (name.endsWith(".java") ? sources : others).put(name, Files.readString(file));
                }
            }
        }
        assertThat(sources).as("sources of " + List.of(apps)).isNotEmpty();
        List<String> seen = new ArrayList<>(classPath);
        seen.addAll(ScenarioApp.annotations());
        Path classes = Sources.compile(
                Path.of("target", "apps", String.join("-", apps) + "-on-" + name),
                List.of("-g", "-parameters", "-cp", String.join(File.pathSeparator, seen)),
                sources);
        for (Map.Entry<String, String> other : others.entrySet()) {
            Files.writeString(classes.resolve(other.getKey()), other.getValue());
        }
        List<String> whole = new ArrayList<>(List.of(classes.toAbsolutePath().toString()));
        whole.addAll(classPath);
        return whole;
    }
}
