package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.scores;
import static dev.sonde.server.storage.TestEvents.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Score;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import java.math.BigDecimal;
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

    @Test
    final void find_newestFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            int second = i / 2;
            write(scores(score("s" + i, "n", i)
                    .with(s -> s.timestamp = NOON.plusSeconds(second))
                    .build()));
        }

        assertThat(ids(all())).containsExactly("s4", "s3", "s2", "s1", "s0");
        assertThat(ids(all().with(new Slice(2, 2, null)))).containsExactly("s2", "s1");
        assertThat(ids(all().with(new Slice(2, 0, new Slice.Position(NOON.plusSeconds(1), "s3")))))
                .containsExactly("s2", "s1");
        assertThat(storage.scores().count(all().with(Slice.first(1)))).isEqualTo(5);
        assertThat(ids(new EventQuery(
                        PROJECT,
                        Filter.ALL,
                        new TimeRange(NOON.plusSeconds(1), NOON.plusSeconds(2)),
                        Order.NEWEST_FIRST,
                        Slice.first(10),
                        false)))
                .containsExactly("s3", "s2");
    }

    @Test
    final void find_byEveryColumnOfAScore() {
        Score full = TestEvents.fullScore();
        Score session = score("s2", "other", 0.5)
                .with(s -> s.target = new Score.Target(null, null, "session", null))
                .build();
        Score run = score("s3", "third", -1)
                .with(s -> s.target = new Score.Target(null, null, null, "run"))
                .build();
        write(scores(full, session, run));

        assertThat(ids(text(Column.ID, "s2"))).containsExactly("s2");
        assertThat(ids(text(Column.NAME, "tone"))).containsExactly("s1");
        assertThat(ids(text(Column.TRACE_ID, "t1"))).containsExactly("s1");
        assertThat(ids(text(Column.OBSERVATION_ID, "o1"))).containsExactly("s1");
        assertThat(ids(text(Column.SESSION_ID, "session"))).containsExactly("s2");
        assertThat(ids(text(Column.DATASET_RUN_ID, "run"))).containsExactly("s3");
        assertThat(ids(text(Column.DATA_TYPE, "CATEGORICAL"))).containsExactly("s1");
        assertThat(ids(text(Column.STRING_VALUE, "kind"))).containsExactly("s1");
        assertThat(ids(text(Column.SOURCE, "EVAL"))).isEmpty();
        assertThat(ids(text(Column.SOURCE, "API"))).hasSize(3);
        assertThat(ids(text(Column.ENVIRONMENT, "default"))).hasSize(3);
        assertThat(ids(text(Column.COMMENT, "because"))).containsExactly("s1");
        assertThat(ids(text(Column.CONFIG_ID, "c1"))).containsExactly("s1");
        assertThat(ids(text(Column.QUEUE_ID, "q1"))).containsExactly("s1");
        assertThat(ids(text(Column.AUTHOR_USER_ID, "ada"))).containsExactly("s1");
        assertThat(ids(where(new Filter.TextIs(Field.of(Column.METADATA, "k"), Filter.TextMatch.EQUAL, "v", false))))
                .containsExactly("s1");
        assertThat(ids(where(
                        new Filter.NumberIs(Field.of(Column.VALUE), Filter.Comparison.LESS, new BigDecimal("0.6")))))
                .containsExactly("s3", "s2");
        assertThat(ids(where(new Filter.Present(Field.of(Column.TRACE_ID), false))))
                .containsExactly("s3", "s2");
    }

    @Test
    final void find_byTheTraceThatIsJudged() {
        write(TestEvents.traces(
                trace("t1").with(t -> t.userId = "ada").build(),
                trace("t2")
                        .with(t -> {
                            t.tags = List.of("a", "b");
                            t.timestamp = NOON.plusSeconds(9);
                        })
                        .build()));
        Score late = score("late", "n", 1)
                .with(s -> s.target = new Score.Target("t2", null, null, null))
                .build();
        write(scores(score("first", "n", 1).build(), late));

        assertThat(ids(text(Column.USER_ID, "ada"))).containsExactly("first");
        assertThat(ids(where(new Filter.OneOf(Field.of(Column.TAGS), Filter.SetMatch.ALL_OF, List.of("a", "b")))))
                .containsExactly("late");
        assertThat(ids(new EventQuery(
                        PROJECT,
                        new Filter.OneOf(Field.of(Column.TAGS), Filter.SetMatch.ANY_OF, List.of("a")),
                        new TimeRange(null, NOON.plusSeconds(1)),
                        Order.NEWEST_FIRST,
                        Slice.first(10),
                        false)))
                .as("the trace began after the score was given")
                .containsExactly("late");
    }

    @Test
    final void find_columnsOfOthersAreRefused() {
        assertThatThrownBy(() -> ids(text(Column.MODEL, "m"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ids(text(Column.INPUT, "m"))).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> ids(EventQuery query) {
        return storage.scores().find(query).stream().map(Score::id).toList();
    }

    private static EventQuery text(Column column, String value) {
        return where(new Filter.TextIs(Field.of(column), Filter.TextMatch.EQUAL, value, false));
    }
}
