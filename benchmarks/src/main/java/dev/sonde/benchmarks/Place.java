package dev.sonde.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the built things lie.
 *
 * @param sonde the agent that is measured
 * @param target this module's build directory, with its jar, {@code lib} and {@code agents}
 */
record Place(Path sonde, Path target) {

    /** A peer's agent. */
    Path peer(String name) {
        Path jar = target.resolve("agents").resolve(name + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing: mvn package -Ppeers fetches it");
        }
        return jar;
    }

    /** This module's programs and the libraries whose names begin so. */
    String classPath(List<String> libraries) {
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            return Stream.concat(
                            Stream.of(target.resolve("sonde-benchmarks.jar")),
                            jars.filter(jar -> libraries.stream()
                                            .anyMatch(jar.getFileName().toString()::startsWith))
                                    .sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
