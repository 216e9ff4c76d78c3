package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetRun;
import dev.sonde.server.model.DatasetRunItem;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.query.Slice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link DatasetRunStore} promises. */
public abstract class DatasetRunStoreContract extends StorageContract {

    private static final String P = "p1";
    private static final Slice ALL = Slice.first(1_000);

    @BeforeEach
    final void saveDatasets() {
        storage.control().saveProject(new Project(P, "Chat", new Organisation("org-1", "Acme"), NOON));
        for (String name : new String[] {"one", "two"}) {
            storage.datasets()
                    .save(new Dataset(name, P, "Set " + name, null, null, null, null, 0, NOON, NOON))
                    .orElseThrow();
        }
    }

    private DatasetRunStore runs() {
        return storage.datasetRuns();
    }

    private static DatasetRun run(String id, String dataset, String name, int second) {
        Instant at = NOON.plusSeconds(second);
        return new DatasetRun(id, P, dataset, "Set " + dataset, name, "why " + id, "{\"n\":1}", at, at);
    }

    private static DatasetRunItem item(String id, String trace, @Nullable String observation, int second) {
        Instant at = NOON.plusSeconds(second);
        return new DatasetRunItem(id, P, "ignored", "ignored", "item", trace, observation, at, at.plusMillis(1));
    }

    @Test
    final void add_theFirstItemMakesTheRun() {
        DatasetRunItem first = runs().add(run("r1", "one", "a/b", 1), item("i1", "t1", "o1", 1));
        DatasetRunItem second = runs().add(run("r2", "one", "a/b", 2), item("i2", "t2", null, 2));

        reopen();

        DatasetRun stored = runs().find(P, "one", "a/b").orElseThrow();
        assertThat(stored).isEqualTo(run("r1", "one", "a/b", 1));
        assertThat(first)
                .isEqualTo(new DatasetRunItem(
                        "i1", P, "r1", "a/b", "item", "t1", "o1", NOON.plusSeconds(1), NOON.plusMillis(1_001)));
        assertThat(second.runId()).isEqualTo("r1");
        assertThat(runs().items(P, "r1", ALL)).containsExactly(second, first);
        assertThat(runs().items(P, "r1", new Slice(1, 1, null))).containsExactly(first);
        assertThat(runs().countItems(P, "r1")).isEqualTo(2);
        assertThat(runs().items("p2", "r1", ALL)).isEmpty();
    }

    @Test
    final void add_theSameAgain_isAnsweredAsItIs() {
        DatasetRun run = run("r1", "one", "a", 1);
        DatasetRunItem whole = runs().add(run, item("i1", "t1", null, 1));
        DatasetRunItem part = runs().add(run, item("i2", "t1", "o1", 1));

        assertThat(runs().add(run, item("i3", "t1", null, 5))).isEqualTo(whole);
        assertThat(runs().add(run, item("i4", "t1", "o1", 5))).isEqualTo(part);
        assertThat(runs().countItems(P, "r1")).isEqualTo(2);
    }

    @Test
    final void list_newestFirst_thenById_perDataset() {
        runs().add(run("r1", "one", "a", 1), item("i1", "t", null, 1));
        runs().add(run("r3", "one", "b", 2), item("i2", "t", null, 1));
        runs().add(run("r2", "one", "c", 2), item("i3", "t", null, 1));
        runs().add(run("r4", "two", "a", 3), item("i4", "t", null, 1));

        assertThat(runs().list(P, "one", ALL)).extracting(DatasetRun::name).containsExactly("c", "b", "a");
        assertThat(runs().list(P, "one", new Slice(1, 1, null)))
                .extracting(DatasetRun::name)
                .containsExactly("b");
        assertThat(runs().count(P, "one")).isEqualTo(3);
        assertThat(runs().list("p2", "one", ALL)).isEmpty();
        assertThat(runs().find(P, "two", "a").orElseThrow().datasetName()).isEqualTo("Set two");
    }

    @Test
    final void delete_takesTheItemsAlong() {
        runs().add(run("r1", "one", "a", 1), item("i1", "t", null, 1));
        runs().add(run("r2", "two", "a", 1), item("i2", "t", null, 1));

        assertThat(runs().delete("p2", "one", "a")).isFalse();
        assertThat(runs().delete(P, "one", "a")).isTrue();
        assertThat(runs().delete(P, "one", "a")).isFalse();

        assertThat(runs().find(P, "one", "a")).isEmpty();
        assertThat(runs().countItems(P, "r1")).isZero();
        assertThat(runs().countItems(P, "r2")).isEqualTo(1);
        assertThat(runs().add(run("r5", "one", "a", 9), item("i1", "t", null, 1))
                        .runId())
                .isEqualTo("r5");
    }
}
