package dev.sonde.runtime.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path directory;

    @Test
    void requests_comeBackInOrderAndOnce() throws IOException {
        try (Spool spool = open()) {
            for (int i = 0; i < 100; i++) {
                assertThat(spool.append(packet("request " + i))).isTrue();
            }
            assertThat(drain(spool, 100)).startsWith("request 0", "request 1").hasSize(100);
            assertThat(spool.isEmpty()).isTrue();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anotherProcess_findsWhatIsNotAcknowledged() throws IOException {
        try (Spool spool = open()) {
            spool.append(packet("one"));
            spool.append(packet("two"));
            spool.append(packet("three"));
            assertThat(drain(spool, 1)).containsExactly("one");
        }
        try (Spool spool = open()) {
            spool.append(packet("four"));
            SpoolRecord first = spool.peek();

            assertThat(first.inherited()).isTrue();
            assertThat(drain(spool, 9)).containsExactly("two", "three", "four");
        }
    }

    @Test
    void twoAtOnce_haveFoldersOfTheirOwn() throws IOException {
        try (Spool one = open();
                Spool two = open()) {
            one.append(packet("one"));
            two.append(packet("two"));

            assertThat(drain(one, 9)).containsExactly("one");
            assertThat(drain(two, 9)).containsExactly("two");
        }
    }

    @Test
    void fullSpool_takesNoMore() throws IOException {
        try (Spool spool = Spool.open(directory, 1_000)) {
            assertThat(spool.append(packet("x".repeat(500)))).isTrue();
            assertThat(spool.append(packet("y".repeat(500)))).isFalse();
            assertThat(drain(spool, 9)).hasSize(1);
            assertThat(spool.append(packet("z".repeat(500)))).isTrue();
        }
    }

    @Test
    void tornTail_losesOnlyItself() throws IOException {
        for (int cut = 1; cut < 30; cut++) {
            try (Spool spool = open()) {
                spool.append(packet("whole"));
                spool.append(packet("torn"));
            }
            Path file = files().get(0);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - Math.min(cut, 20)));
            try (Spool spool = open()) {
                spool.append(packet("new"));
                assertThat(drain(spool, 9)).containsExactly("whole", "new");
            }
        }
    }

    @Test
    void damagedRecord_endsItsFile() throws IOException {
        try (Spool spool = open()) {
            spool.append(packet("first"));
            spool.append(packet("second"));
        }
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[8 + 16 + 2] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        try (Spool spool = open()) {
            assertThat(spool.peek()).isNull();
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    private Spool open() throws IOException {
        return Spool.open(directory, 1 << 20);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".spool")).toList();
        }
    }

    private static Packet packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Packet(Packet.Kind.SCORES, () -> bytes, bytes.length, 1);
    }

    private static List<String> drain(Spool spool, int most) throws IOException {
        List<String> texts = new ArrayList<>();
        SpoolRecord record = spool.peek();
        while (record != null && texts.size() < most) {
            Packet packet = record.packet();
            texts.add(new String(packet.bytes(), 0, packet.size(), StandardCharsets.UTF_8));
            spool.acknowledge();
            record = texts.size() < most ? spool.peek() : null;
        }
        return texts;
    }
}
