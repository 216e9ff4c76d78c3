package dev.sonde.agent.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All class files of a class path, in its order: directories, jars with what their manifests name, and jars nested in
 * them as Spring Boot and web applications keep them.
 */
final class ClassFiles {

    private static final String CLASS = ".class";

    private final Set<Path> seen = new HashSet<>();
    private final List<String> missing = new ArrayList<>();

    /** Takes class files one by one. */
    interface Visitor {

        /**
         * One class file.
         *
         * @param name internal name
         * @param origin the directory or jar it is in
         */
        void visit(String name, byte[] classFile, Origin origin);
    }

    /**
     * Where a class file is.
     *
     * @param name file name of the jar or directory
     * @param version the jar's version as its manifest or its name says it; null when neither does
     */
    record Origin(String name, @Nullable String version) {}

    /** Entries that are not there or cannot be read, so far. */
    List<String> missing() {
        return missing;
    }

    /** How many directories and jars were read so far. */
    int entries() {
        return seen.size();
    }

    void visit(List<String> entries, Visitor visitor) {
        Deque<Path> open = new ArrayDeque<>();
        for (String entry : entries) {
            if (entry.equals("*") || entry.endsWith(File.separator + "*")) {
                open.addAll(jarsIn(Path.of(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2))));
            } else if (!entry.isEmpty()) {
                open.add(Path.of(entry));
            }
        }
        while (!open.isEmpty()) {
            Path path = open.remove().toAbsolutePath().normalize();
            if (!seen.add(path)) {
                continue;
            }
            try {
                if (Files.isDirectory(path)) {
                    visitDirectory(path, visitor);
                } else {
                    open.addAll(visitJar(path, visitor));
                }
            } catch (IOException e) {
                seen.remove(path);
                missing.add(path.toString());
            }
        }
    }

    private List<Path> jarsIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            missing.add(directory.toString());
            return List.of();
        }
    }

    private static void visitDirectory(Path directory, Visitor visitor) throws IOException {
        Origin origin = new Origin(String.valueOf(directory.getFileName()), null);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(file -> file.toString().endsWith(CLASS))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
            visitClass(name, Files.readAllBytes(file), origin, visitor);
        }
    }

    /** Answers the jars that the manifest names. */
    private static List<Path> visitJar(Path path, Visitor visitor) throws IOException {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            Origin origin = origin(path.getFileName().toString(), jar.getManifest());
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                try (InputStream in = jar.getInputStream(entry)) {
                    if (entry.getName().endsWith(CLASS)) {
                        visitClass(entry.getName(), in.readAllBytes(), origin, visitor);
                    } else if (entry.getName().endsWith(".jar")) {
                        visitNested(entry.getName(), in, visitor);
                    }
                }
            }
            return named(path, jar.getManifest());
        }
    }

    private static void visitNested(String name, InputStream bytes, Visitor visitor) throws IOException {
        JarInputStream jar = new JarInputStream(bytes, false);
        Origin origin = origin(name.substring(name.lastIndexOf('/') + 1), jar.getManifest());
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            if (entry.getName().endsWith(CLASS)) {
                visitClass(entry.getName(), jar.readAllBytes(), origin, visitor);
            }
        }
    }

    private static void visitClass(String entry, byte[] bytes, Origin origin, Visitor visitor) {
        String name = entry.substring(0, entry.length() - CLASS.length());
        for (String prefix : List.of("BOOT-INF/classes/", "WEB-INF/classes/")) {
            name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        }
        if (!name.startsWith("META-INF/") && !name.endsWith("module-info")) {
            visitor.visit(name, bytes, origin);
        }
    }

    private static List<Path> named(Path jar, @Nullable Manifest manifest) {
        String classPath =
                manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (classPath == null) {
            return List.of();
        }
        List<Path> named = new ArrayList<>();
        for (String relative : classPath.trim().split("\\s+", -1)) {
            Path sibling = jar.resolveSibling(relative.startsWith("file:") ? relative.substring(5) : relative);
            if (Files.exists(sibling)) { // as the JVM does: what is not there is not asked for
                named.add(sibling);
            }
        }
        return named;
    }

    private static Origin origin(String fileName, @Nullable Manifest manifest) {
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String version = main.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        if (version == null) {
            version = main.getValue("Bundle-Version");
        }
        return new Origin(fileName, version == null ? versionIn(fileName) : version);
    }

    /** {@code 1.2.3-rc1} of {@code name-1.2.3-rc1.jar}; null where the name has none. */
    private static @Nullable String versionIn(String fileName) {
        String name = fileName.endsWith(".jar") ? fileName.substring(0, fileName.length() - 4) : fileName;
        for (int i = 0; i + 1 < name.length(); i++) {
            if (name.charAt(i) == '-' && Character.isDigit(name.charAt(i + 1))) {
                return name.substring(i + 1);
            }
        }
        return null;
    }
}
