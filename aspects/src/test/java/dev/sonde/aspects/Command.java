package dev.sonde.aspects;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The command line of a program in a JVM of its own, with the tests' class path. */
final class Command {

    private final List<String> options = new ArrayList<>();
    private final List<String> first = new ArrayList<>();

    static Command java() {
        return new Command();
    }

    Command properties(Map<String, String> properties) {
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return this;
    }

    Command option(String option) {
        options.add(option);
        return this;
    }

    /** A directory whose classes win over those of the class path. */
    Command classesFirst(String directory) {
        first.add(directory);
        return this;
    }

    List<String> of(String mainClass) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(options);
        List<String> path = new ArrayList<>(first);
        path.add(System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path), mainClass));
        return command;
    }

    /** The jar or directory of the class path that ends in, or whose name contains, this text. */
    static String entry(String part) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + part + " on the class path"));
    }
}
