package dev.sonde.server.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {

    @TempDir
    Path directory;

    @Test
    void open_leavesNoCopyOfTheLibraryBehind() throws IOException {
        try (DuckDbStorage storage = DuckDbStores.open(directory);
                Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            List<String> mapped =
                    lines.filter(line -> line.contains("libduckdb_java")).toList();

            assertThat(storage.control().projects()).isEmpty();
            assertThat(mapped).isNotEmpty().allMatch(line -> line.endsWith("(deleted)"));
        }
    }
}
