package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.model;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.observations;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.scores;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Score;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.PromptUseReader.Use;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link PromptUseReader} promises. */
public abstract class PromptUseReaderContract extends StorageContract {

    private void writeUses() {
        write(observations(
                made("o1", "greeting", 1, 0, 100),
                made("o2", "greeting", 1, 5, 300),
                observation("o3", "t1")
                        .at(NOON.plusSeconds(9))
                        .with(o -> {
                            o.prompt = new PromptLink(null, "greeting", 2);
                            o.endTime = null;
                            o.level = Level.ERROR;
                        })
                        .build(),
                made("o4", "other", 7, 1, 50),
                observation("o5", "t1").build(),
                observation("o6", "t1")
                        .with(o -> {
                            o.project = "project-2";
                            o.prompt = new PromptLink(null, "greeting", 1);
                        })
                        .build()));
        write(scores(judged("s1", "o1", 1), judged("s2", "o2", 0.5)));
    }

    private static Observation made(String id, String name, int version, int second, long millis) {
        return observation(id, "t1")
                .with(o -> {
                    o.prompt = new PromptLink(null, name, version);
                    o.endTime = NOON.plusMillis(millis);
                    o.model = model("gpt-4o", 10, 5, "0.5");
                })
                .at(NOON.plusSeconds(second))
                .build();
    }

    private static Score judged(String id, String observation, double value) {
        return score(id, "helpful", value)
                .with(s -> s.target = new Score.Target("t1", observation, null, null))
                .build();
    }

    @Test
    final void uses_byVersion_runningOnesIncluded() {
        writeUses();

        assertThat(storage.promptUses().uses(PROJECT, "greeting", TimeRange.ALL))
                .containsExactly(
                        new Use("greeting", 2, 1, 1, NOON.plusSeconds(9), null, 0, 0, null, 0, Map.of()),
                        new Use(
                                "greeting",
                                1,
                                2,
                                0,
                                NOON.plusSeconds(5),
                                200.0,
                                20,
                                10,
                                new BigDecimal("1"),
                                2,
                                Map.of("helpful", 0.75)));
        assertThat(storage.promptUses().uses(PROJECT, "none", TimeRange.ALL)).isEmpty();
    }

    @Test
    final void counts_followTheRange() {
        writeUses();

        assertThat(storage.promptUses().counts(PROJECT, TimeRange.ALL)).isEqualTo(Map.of("greeting", 3L, "other", 1L));
        TimeRange late = new TimeRange(NOON.plusSeconds(5), NOON.plusSeconds(9));
        assertThat(storage.promptUses().counts(PROJECT, late)).isEqualTo(Map.of("greeting", 1L));
        assertThat(storage.promptUses().uses(PROJECT, "greeting", late))
                .extracting(Use::version, Use::uses)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 1L));
    }
}
