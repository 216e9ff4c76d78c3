package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.scores;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link ScoreReader} promises. */
public abstract class ScoreReaderContract extends StorageContract {

    @Test
    final void ofTraces_newestFirst() {
        Score old = score("old", "quality", 0.1).build();
        Score recent = score("recent", "quality", 0.2)
                .with(s -> s.timestamp = NOON.plusSeconds(1))
                .build();
        Score other = score("other", "quality", 0.3)
                .with(s -> s.target = new Score.Target("t2", null, null, null))
                .build();
        Score unasked = score("unasked", "quality", 0.4)
                .with(s -> s.target = new Score.Target("t3", null, null, null))
                .build();
        Score foreign = score("foreign", "quality", 0.5)
                .with(s -> s.project = "project-2")
                .build();
        write(scores(old, recent, other, unasked, foreign));

        assertThat(storage.scores().ofTraces(PROJECT, List.of("t1", "t2", "t9")))
                .containsExactly(recent, other, old);
        assertThat(storage.scores().ofTraces(PROJECT, List.of())).isEmpty();
    }

    @Test
    final void find_byId() {
        Score session = score("s1", "quality", -1.5e10)
                .with(s -> s.target = new Score.Target(null, null, "session", null))
                .build();
        write(scores(session));

        assertThat(storage.scores().find(PROJECT, "s1")).contains(session);
        assertThat(storage.scores().find(PROJECT, "s2")).isEmpty();
        assertThat(storage.scores().find("project-2", "s1")).isEmpty();
    }
}
