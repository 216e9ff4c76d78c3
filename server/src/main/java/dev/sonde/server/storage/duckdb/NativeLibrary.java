package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The copy of DuckDB's native library that its driver makes in the temporary directory, 72 MB. The driver deletes it at
 * an orderly end; a killed process would leave it there. On Linux a loaded library needs its file no more, so it is
 * deleted as soon as it is loaded. Elsewhere nothing is done.
 */
final class NativeLibrary {

    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
    private static final String NAME = "libduckdb_java";

    private NativeLibrary() {}

    static void deleteLoadedCopy() {
        try {
            for (Path copy : copies()) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new StorageException("delete the loaded native library", e);
        }
    }

    private static List<Path> copies() throws IOException {
        if (!Files.isReadable(MAPPED_FILES)) {
            return List.of();
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<String> lines = Files.lines(MAPPED_FILES)) {
            return lines.filter(line -> line.contains(NAME) && line.endsWith(".so"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(path -> temporary.equals(path.getParent()))
                    .distinct()
                    .toList();
        }
    }
}
