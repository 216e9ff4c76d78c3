package dev.sonde.server.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Payload;
import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadLogTest {

    private static final long NO_CACHE = 0;

    private final Random random = new Random(7);
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path directory;

    private PayloadLog log;

    @BeforeEach
    void openLog() {
        log = PayloadLog.open(directory, clock(), NO_CACHE);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void append_everyText_readsBackAfterReopening() {
        List<PayloadRecord> records = List.of(
                observation("empty", new Payload("", "", Map.of())),
                observation("none", Payload.NONE),
                observation("unicode", new Payload("grüße 你好 \uD83D\uDE80", "\u0000", Map.of("ключ", "значение"))),
                observation("huge", new Payload(incompressible(20 << 20), null, Map.of())),
                observation("after", new Payload("in", "out", Map.of("a", "1", "b", "2"))));

        List<PayloadRef> refs = log.append(records);
        log.sync();
        reopen();

        for (int i = 0; i < records.size(); i++) {
            PayloadRecord read = log.read(refs.get(i));
            assertThat(read.payload()).isEqualTo(records.get(i).payload());
            assertThat(read.key()).isEqualTo(records.get(i).key());
            assertThat(read.kind()).isEqualTo(PayloadRecord.Kind.OBSERVATION);
            assertThat(read.time()).isEqualTo(records.get(i).time());
            assertThat(new String(read.row(), StandardCharsets.UTF_8)).isEqualTo("{\"row\":1}");
        }
    }

    @Test
    void append_halfCharacters_areReplaced() {
        List<PayloadRef> refs =
                log.append(List.of(observation("o", new Payload("\uD83D", "a\uDE80\uD83D\uDE80\uD83D", Map.of()))));

        assertThat(log.read(refs.get(0)).payload().input()).isEqualTo("\uFFFD");
        assertThat(log.read(refs.get(0)).payload().output()).isEqualTo("a\uFFFD\uD83D\uDE80\uFFFD");
    }

    @Test
    void append_manySmallRecords_fillSeveralBlocks() {
        List<PayloadRecord> records = IntStream.range(0, 9_000)
                .mapToObj(i -> observation("o" + i, Payload.NONE))
                .toList();

        List<PayloadRef> refs = log.append(records);

        assertThat(refs).doesNotHaveDuplicates().hasSize(9_000);
        assertThat(refs).allMatch(ref -> ref.position() < PayloadRef.MAX_RECORDS_IN_BLOCK);
        assertThat(log.read(refs)).hasSize(9_000);
        assertThat(log.read(refs.get(8_999)).key().id()).isEqualTo("o8999");
    }

    @Test
    void append_nothing_returnsNothing() {
        assertThat(log.append(List.of())).isEmpty();
        log.sync();
    }

    @Test
    void append_sameAs_keepsTheReference() {
        PayloadRef first = log.append(List.of(text("one"))).get(0);
        PayloadRecord again = new PayloadRecord(
                PayloadRecord.Kind.OBSERVATION, new EntityKey("p", "o"), 5, new byte[0], Payload.NONE, first);

        PayloadRef second = log.append(List.of(again)).get(0);

        assertThat(log.read(second).sameAs()).isEqualTo(first);
    }

    @Test
    void append_onAnotherDay_beginsAnotherFolder() {
        PayloadRef monday = log.append(List.of(text("first day"))).get(0);
        now = now.plus(Duration.ofDays(1));
        PayloadRef tuesday = log.append(List.of(text("second day"))).get(0);
        log.sync();
        reopen();

        assertThat(directory.resolve("20261120")).isDirectoryContaining("glob:**/000001.seg");
        assertThat(directory.resolve("20261121")).isDirectoryContaining("glob:**/000002.seg");
        assertThat(log.read(monday).payload().input()).isEqualTo("first day");
        assertThat(log.read(tuesday).payload().input()).isEqualTo("second day");
    }

    @Test
    void open_tornTail_isCutOffAndWritingGoesOn() throws IOException {
        PayloadRef kept = log.append(List.of(text("kept"))).get(0);
        long whole = size();
        log.append(List.of(text(incompressible(1_000))));
        long end = size();

        for (long cut : new long[] {whole + 1, whole + 63, whole + 64, whole + 65, end - 1}) {
            log.close();
            byte[] bytes = Files.readAllBytes(segment());
            truncate(cut);
            log = PayloadLog.open(directory, clock(), NO_CACHE);

            assertThat(size()).as("cut at %d", cut).isEqualTo(whole);
            assertThat(log.read(kept).payload().input()).isEqualTo("kept");
            PayloadRef next = log.append(List.of(text("next"))).get(0);
            assertThat(next.offset()).isEqualTo(whole);
            assertThat(log.read(next).payload().input()).isEqualTo("next");
            log.close();
            Files.write(segment(), bytes);
            log = PayloadLog.open(directory, clock(), NO_CACHE);
            assertThat(size()).isEqualTo(end);
        }
    }

    @Test
    void open_tailOfZeros_isCutOff() throws IOException {
        PayloadRef kept = log.append(List.of(text("kept"))).get(0);
        long whole = size();
        log.close();
        Files.write(segment(), new byte[5_000], StandardOpenOption.APPEND);

        log = PayloadLog.open(directory, clock(), NO_CACHE);

        assertThat(size()).isEqualTo(whole);
        assertThat(log.read(kept).payload().input()).isEqualTo("kept");
    }

    @Test
    void read_flippedBit_isAnErrorThere_andNowhereElse() throws IOException {
        List<PayloadRef> refs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            refs.addAll(log.append(List.of(text(incompressible(2_000)))));
        }
        long from = refs.get(1).offset();
        long to = refs.get(2).offset();
        log.close();
        byte[] good = Files.readAllBytes(segment());

        for (long at : new long[] {from, from + 9, from + 63, from + 64, from + 500, to - 1}) {
            byte[] bad = good.clone();
            bad[(int) at] ^= 0x10;
            Files.write(segment(), bad);
            log = PayloadLog.open(directory, clock(), NO_CACHE);

            assertThatThrownBy(() -> log.read(refs.get(1)))
                    .as("bit at %d", at)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("20261120/000001.seg, block at " + from);
            assertThat(log.read(refs.get(0)).payload().input()).hasSize(2_000);
            assertThat(log.read(refs.get(2)).payload().input()).hasSize(2_000);
            assertThat(scanned(Long.MAX_VALUE)).containsExactly("o", "o");
            log.close();
        }
    }

    @Test
    void read_missingSegment_isAnError() {
        assertThatThrownBy(() -> log.read(new PayloadRef(9, 0, 0)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("segment 9 is missing");
    }

    @Test
    void read_afterAnInterrupt_worksForOthers() throws Exception {
        PayloadRef ref = log.append(List.of(text("kept"))).get(0);
        Thread interrupted = new Thread(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> log.read(ref)).isInstanceOf(StorageException.class);
        });
        interrupted.start();
        interrupted.join();

        assertThat(log.read(ref).payload().input()).isEqualTo("kept");
        PayloadRef next = log.append(List.of(text("next"))).get(0);
        log.sync();
        assertThat(log.read(next).payload().input()).isEqualTo("next");
    }

    @Test
    void scan_newestFirst_withinTimeAndLimit() {
        for (int i = 0; i < 5; i++) {
            log.append(List.of(new PayloadRecord(
                    PayloadRecord.Kind.TRACE,
                    new EntityKey("p", "t" + i),
                    i,
                    new byte[0],
                    new Payload("x".repeat(1_000), null, Map.of()),
                    null)));
        }

        assertThat(scanned(Long.MAX_VALUE)).containsExactly("t4", "t3", "t2", "t1", "t0");
        assertThat(scanned(2_500)).containsExactly("t4", "t3");
        List<String> middle = new ArrayList<>();
        log.scan(1, 3, Long.MAX_VALUE, (ref, found) -> middle.add(found.key().id()));
        assertThat(middle).containsExactly("t2", "t1");
    }

    @Test
    void reference_packsAndUnpacks() {
        for (PayloadRef ref : List.of(
                new PayloadRef(1, 0, 0),
                new PayloadRef(PayloadRef.MAX_SEGMENT - 1, PayloadRef.MAX_OFFSET - 1, 4_095),
                new PayloadRef(77, 123_456_789, 12))) {
            assertThat(ref.packed()).isPositive();
            assertThat(PayloadRef.unpack(ref.packed())).isEqualTo(ref);
        }
    }

    private List<String> scanned(long maxBytes) {
        List<String> ids = new ArrayList<>();
        log.scan(
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                maxBytes,
                (ref, found) -> ids.add(found.key().id()));
        return ids;
    }

    private static PayloadRecord text(String input) {
        return observation("o", new Payload(input, null, Map.of()));
    }

    private static PayloadRecord observation(String id, Payload payload) {
        return new PayloadRecord(
                PayloadRecord.Kind.OBSERVATION,
                new EntityKey("p", id),
                1_000,
                "{\"row\":1}".getBytes(StandardCharsets.UTF_8),
                payload,
                null);
    }

    private String incompressible(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        return text.toString();
    }

    private void reopen() {
        log.close();
        log = PayloadLog.open(directory, clock(), NO_CACHE);
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("20261120"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private long size() throws IOException {
        return Files.size(segment());
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(segment(), StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
