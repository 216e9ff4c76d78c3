package com.example.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.runtime.capture.JsonCapture;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In a package of an application: our own types are opaque to capture. */
class JsonCaptureTest {

    private final JsonCapture capture = new JsonCapture(10_000);

    @Test
    void record_isItsComponents() {
        assertThat(capture.toJson(new Order("tea", 2, Optional.of("gift"), List.of(1.5, 2.0))))
                .isEqualTo("{\"item\":\"tea\",\"count\":2,\"note\":\"gift\",\"prices\":[1.5,2.0]}");
    }

    @Test
    void bean_isItsGettersByName() {
        assertThat(capture.toJson(new Bean())).isEqualTo("{\"active\":true,\"name\":\"bean\"}");
    }

    @Test
    void classWithoutGetters_isItsFields() {
        assertThat(capture.toJson(new Fields())).isEqualTo("{\"x\":1}");
    }

    @Test
    void secrets_areMaskedByTheNameOfTheirKey() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("password", "p");
        map.put("api_key", "k");
        map.put("accessToken", "t");
        map.put("maxTokens", 5);
        map.put("secretKey", null);

        assertThat(capture.toJson(map))
                .isEqualTo(
                        "{\"password\":\"***\",\"api_key\":\"***\",\"accessToken\":\"***\",\"maxTokens\":5,\"secretKey\":null}");
    }

    @Test
    void cycle_endsInANote() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThat(capture.toJson(list)).isEqualTo("[\"(cycle)\"]");
    }

    @Test
    void sameObjectTwiceSideBySide_isNoCycle() {
        List<Integer> shared = List.of(1);

        assertThat(capture.toJson(List.of(shared, shared))).isEqualTo("[[1],[1]]");
    }

    @Test
    void deepNesting_endsInANote() {
        Object nested = "bottom";
        for (int i = 0; i < 10_000; i++) {
            nested = Collections.singletonList(nested);
        }

        assertThat(capture.toJson(nested)).contains("(too deep)").hasSizeLessThan(200);
    }

    @Test
    void hugeText_isCutAndSaysHowMuch() {
        assertThat(capture.toJson(List.of("x".repeat(20_000))))
                .contains("more characters)")
                .hasSizeLessThan(10_100);
    }

    @Test
    void manyElements_areCutAndSayHowMany() {
        assertThat(capture.toJson(Collections.nCopies(5_000, 1))).endsWith(",\"(3000 more)\"]");
        assertThat(capture.toJson(new int[5_000])).endsWith(",\"(3000 more)\"]");
    }

    @Test
    void getterThatThrows_isANoteAndTheRestIsThere() {
        assertThat(capture.toJson(new Broken()))
                .isEqualTo("{\"bad\":\"(failed: java.lang.IllegalStateException)\",\"good\":1}");
    }

    @Test
    void toStringThatThrowsAnError_isANote() {
        assertThat(capture.toJson(List.of(new Fatal()))).isEqualTo("\"not captured: java.lang.AssertionError\"");
    }

    @Test
    void getterThatIsSlowTwice_isNotCalledAgain() {
        Sluggish sluggish = new Sluggish();

        String first = capture.toJson(sluggish);
        capture.toJson(sluggish);
        String third = capture.toJson(sluggish);

        assertThat(first).contains("\"report\":\"done\"");
        assertThat(third).isEqualTo("\"com.example.capture.JsonCaptureTest$Sluggish (too slow to read)\"");
        assertThat(sluggish.calls).isEqualTo(2);
    }

    @Test
    void getterThatSwallowsAnInterrupt_leavesTheThreadInterrupted() {
        Thread.currentThread().interrupt();

        capture.toJson(new Swallowing());

        assertThat(Thread.interrupted()).isTrue();
        capture.toJson(new Swallowing());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void within_longText_isCutAndSaysHowMuch() {
        assertThat(capture.within("short")).isSameAs("short");
        assertThat(capture.within("x".repeat(20_000))).startsWith("xxx").endsWith("… (10000 more characters)");
    }

    @Test
    void toStringThatThrows_isANote() {
        assertThat(capture.toJson(new Silent())).startsWith("\"not captured: ");
    }

    @Test
    void frameworkAndClosableTypes_areTheirNames() {
        assertThat(capture.toJson(List.of(new ByteArrayInputStream(new byte[1]), Thread.currentThread())))
                .isEqualTo("[\"java.io.ByteArrayInputStream\",\"java.lang.Thread\"]");
    }

    @Test
    void scalars_areWhatJsonHas() {
        assertThat(capture.toJson(
                        Arrays.asList(1L, 1.0f, Double.NaN, true, 'c', null, Duration.ofSeconds(3), Thread.State.NEW)))
                .isEqualTo("[1,1.0,\"NaN\",true,\"c\",null,\"PT3S\",\"NEW\"]");
    }

    @Test
    void bytes_areDataUrisWhereTheyFit() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 1};

        assertThat(capture.toJson(new byte[3])).isEqualTo("\"data:application/octet-stream;base64,AAAA\"");
        assertThat(capture.toJson(picture)).isEqualTo("\"data:image/png;base64,iVBORwE=\"");
        assertThat(capture.toJson(new byte[1 << 20])).isEqualTo("\"byte[1048576]\"");
        assertThat(capture.toJson(new byte[0])).isEqualTo("\"byte[0]\"");
    }

    record Order(String item, int count, Optional<String> note, List<Double> prices) {}

    @SuppressWarnings("unused") // read by reflection
    static class Bean {
        public String getName() {
            return "bean";
        }

        public boolean isActive() {
            return true;
        }

        public void getNothing() {}

        static String getShared() {
            return "no";
        }
    }

    @SuppressWarnings("unused") // read by reflection
    static class Fields {
        private final int x = 1;
    }

    @SuppressWarnings("unused") // read by reflection
    static class Broken {
        public int getGood() {
            return 1;
        }

        public int getBad() {
            throw new IllegalStateException("no");
        }
    }

    static class Silent {
        @Override
        public String toString() {
            throw new IllegalStateException("no");
        }
    }

    /** Fails with an error and has no properties. */
    static final class Fatal {
        @Override
        public String toString() {
            throw new AssertionError("fatal");
        }
    }

    /** Keeps its caller waiting. */
    public static final class Sluggish {
        private int calls;

        public String getReport() {
            calls++;
            long until = System.nanoTime() + 150_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return "done";
        }
    }

    /** Forgets that somebody wants the thread to stop. */
    public static final class Swallowing {
        public boolean isStopped() {
            return Thread.interrupted();
        }
    }
}
