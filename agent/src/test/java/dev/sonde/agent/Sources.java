package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Programs and jars that a test writes itself. */
final class Sources {

    private Sources() {}

    /** Compiles sources by file name, with {@code classPath} to see, and answers where the classes are. */
    static Path compile(Path folder, String classPath, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-g", "-d", classes.toString(), "-cp", classPath));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("source").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(status).as("javac").isZero();
        return classes;
    }

    /** A jar of directories and files, each under a path inside it: {@code BOOT-INF/classes/} or {@code BOOT-INF/lib/a.jar}. */
    static Path jar(Path jar, Manifest manifest, Map<String, Path> content) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, Path> entry : content.entrySet()) {
                if (Files.isDirectory(entry.getValue())) {
                    addAll(out, entry.getKey(), entry.getValue());
                } else {
                    add(out, entry.getKey(), entry.getValue());
                }
            }
        }
        return jar;
    }

    private static void addAll(JarOutputStream out, String prefix, Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(out, prefix + directory.relativize(file).toString().replace('\\', '/'), file);
        }
    }

    private static void add(JarOutputStream out, String name, Path file) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
    }
}
