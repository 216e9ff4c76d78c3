package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Programs and jars that a test writes itself. */
public final class Sources {

    private Sources() {}

    /** Compiles sources by file name, with {@code classPath} to see, and answers where the classes are. */
    public static Path compile(Path folder, String classPath, Map<String, String> sources) throws IOException {
        return compile(folder, List.of("-g", "-cp", classPath), sources);
    }

    /** Compiles sources by file name with these options of javac, and answers where the classes are. */
    public static Path compile(Path folder, List<String> options, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-d", classes.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("source").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        assertThat(javac(folder, arguments)).as("javac").isZero();
        return classes;
    }

    /** In a process of its own: what a compiler knows of a framework would stay in this one's memory. */
    private static int javac(Path folder, List<String> arguments) throws IOException {
        Path file = folder.resolve("javac.txt");
        Files.write(
                file, arguments.stream().map(argument -> '"' + argument + '"').toList());
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        Process process =
                new ProcessBuilder(javac, "-J-Xmx512m", "@" + file).inheritIO().start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** A jar of directories and files, each under a path inside it: {@code BOOT-INF/classes/} or {@code BOOT-INF/lib/a.jar}. */
    static Path jar(Path jar, Manifest manifest, Map<String, Path> content) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, Path> entry : content.entrySet()) {
                if (Files.isDirectory(entry.getValue())) {
                    if (!entry.getKey().isEmpty()) { // a launcher looks for the directory itself
                        out.putNextEntry(new JarEntry(entry.getKey()));
                    }
                    addAll(out, entry.getKey(), entry.getValue());
                } else {
                    add(out, entry.getKey(), entry.getValue());
                }
            }
        }
        return jar;
    }

    /** Copies a directory, or what is in a jar besides its manifest, into a directory. */
    static Path unpack(Path from, Path into) throws IOException {
        if (Files.isDirectory(from)) {
            for (Path file : files(from)) {
                copy(
                        Files.readAllBytes(file),
                        into.resolve(from.relativize(file).toString()));
            }
            return into;
        }
        try (JarFile jar = new JarFile(from.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        copy(in.readAllBytes(), into.resolve(entry.getName()));
                    }
                }
            }
        }
        return into;
    }

    private static void copy(byte[] bytes, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.write(to, bytes);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void addAll(JarOutputStream out, String prefix, Path directory) throws IOException {
        for (Path file : files(directory)) {
            add(out, prefix + directory.relativize(file).toString().replace('\\', '/'), file);
        }
    }

    private static void add(JarOutputStream out, String name, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        JarEntry entry = new JarEntry(name);
        if (name.endsWith(".jar")) { // launchers read nested jars in place
            CRC32 sum = new CRC32();
            sum.update(bytes);
            entry.setMethod(JarEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(sum.getValue());
        }
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
