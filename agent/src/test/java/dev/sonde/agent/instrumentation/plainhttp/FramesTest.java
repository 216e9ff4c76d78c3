package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {
    private static final int LARGEST = 1 << 20;

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("data: {\"a\":1}\n\n", List.of("{\"a\":1}")),
                Arguments.of("data:{\"a\":1}\n\ndata: {\"a\":2}\n\n", List.of("{\"a\":1}", "{\"a\":2}")),
                Arguments.of("data: {\"a\":1}\r\n\r\ndata: {\"a\":2}\r\n\r\n", List.of("{\"a\":1}", "{\"a\":2}")),
                Arguments.of("data: {\"a\":1}\r\rdata: {\"a\":2}\r\r", List.of("{\"a\":1}", "{\"a\":2}")),
                Arguments.of("data: {\"a\":\ndata: 1}\n\n", List.of("{\"a\": 1}")),
                Arguments.of("event: x\nid: 7\n: comment\ndata: {\"a\":1}\nretry: 5\n\n", List.of("{\"a\":1}")),
                Arguments.of("data: {\"a\":1}", List.of("{\"a\":1}")),
                Arguments.of("data: {\"a\":1}\n\ndata: [DONE]\n\n", List.of("{\"a\":1}")),
                Arguments.of("data\n\ndata:\n\ndat: {\"a\":1}\n\n", List.of()),
                Arguments.of("data: {\"a\":\n\ndata: {\"b\":2}\n\n", List.of("{\"b\":2}")),
                Arguments.of("\n\n\ndata: {\"a\":\"é – 猫\"}\n\n\n\n", List.of("{\"a\":\"é – 猫\"}")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void events_areCutWhereverTheChunksAre(String body, List<String> parts) {
        assertCut(Frames::ofEvents, body, parts);
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("{\"a\":1}", List.of("{\"a\":1}")),
                Arguments.of("{\"a\":1}\n{\"a\":2}\n", List.of("{\"a\":1}", "{\"a\":2}")),
                Arguments.of("[{\"a\":1}\n,\r\n{\"a\":{\"b\":2}}]", List.of("{\"a\":1}", "{\"a\":{\"b\":2}}")),
                Arguments.of(
                        "{\"a\":\"}{\\\"}\"} {\"a\":\"\\\\\"}", List.of("{\"a\":\"}{\\\"}\"}", "{\"a\":\"\\\\\"}")),
                Arguments.of("}} \" {\"a\":1} ]", List.of("{\"a\":1}")),
                Arguments.of("{\"a\":1}{\"cut\":", List.of("{\"a\":1}")),
                Arguments.of("{\"a\":\"é – 猫\"}", List.of("{\"a\":\"é – 猫\"}")));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void objects_areCutWhereverTheChunksAre(String body, List<String> parts) {
        assertCut(Frames::ofObjects, body, parts);
    }

    @Test
    void part_isThereWithItsLastByte() {
        List<String> seen = new ArrayList<>();
        Frames frames = Frames.ofEvents(seen::add);

        add(frames, "data: {\"a\":1}\n");
        assertThat(seen).isEmpty();
        add(frames, "\n");

        assertThat(seen).containsExactly("{\"a\":1}");
    }

    @Test
    void partThatIsTooLarge_isLeftOutAndTheNextIsNot() {
        String large = "{\"a\":\"" + "x".repeat(LARGEST) + "\"}";
        List<String> seen = new ArrayList<>();

        Frames events = Frames.ofEvents(seen::add);
        add(events, "data: " + large + "\n\ndata: {\"b\":1}\n\n");
        Frames objects = Frames.ofObjects(seen::add);
        add(objects, large + "{\"b\":2}");

        assertThat(seen).containsExactly("{\"b\":1}", "{\"b\":2}");
    }

    /** In one piece, and in pieces of every length up to eight bytes. */
    private static void assertCut(Function<Consumer<String>, Frames> made, String body, List<String> parts) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int size = 0; size <= 8; size++) {
            int step = size == 0 ? Math.max(1, bytes.length) : size;
            List<String> seen = new ArrayList<>();
            Frames frames = made.apply(seen::add);
            for (int at = 0; at < bytes.length; at += step) {
                frames.add(bytes, at, Math.min(step, bytes.length - at));
            }
            frames.ended();
            assertThat(seen).as("in pieces of " + step).isEqualTo(parts);
        }
    }

    private static void add(Frames frames, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frames.add(bytes, 0, bytes.length);
    }
}
