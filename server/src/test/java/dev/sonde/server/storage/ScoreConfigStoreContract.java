package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.model.Score.DataType;
import dev.sonde.server.model.ScoreConfig;
import dev.sonde.server.model.ScoreConfig.Category;
import dev.sonde.server.query.Slice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link ScoreConfigStore} promises. */
public abstract class ScoreConfigStoreContract extends StorageContract {

    private static final String P = "p1";

    @BeforeEach
    final void saveProjects() {
        Organisation acme = new Organisation("org-1", "Acme");
        storage.control().saveProject(new Project(P, "Chat", acme, NOON));
        storage.control().saveProject(new Project("p2", "Other", acme, NOON));
    }

    private static ScoreConfig number(String id, Double min, Double max, Instant at) {
        return new ScoreConfig(id, P, "quality", DataType.NUMERIC, false, min, max, List.of(), null, at, at);
    }

    private static ScoreConfig categories(String id, Category... categories) {
        return new ScoreConfig(
                id, P, "tone", DataType.CATEGORICAL, true, null, null, List.of(categories), "why", NOON, NOON);
    }

    @Test
    final void create_isKeptAsGiven() {
        ScoreConfig bounded = number("a", -0.5, 1e9, NOON.plusNanos(1_000));
        ScoreConfig open = number("b", null, null, NOON);
        ScoreConfig labels = categories("c", new Category("kind", 2), new Category("a rude one", -1.5));
        for (ScoreConfig config : List.of(bounded, open, labels)) {
            storage.scoreConfigs().create(config);
        }

        reopen();

        for (ScoreConfig config : List.of(bounded, open, labels)) {
            assertThat(storage.scoreConfigs().find(P, config.id())).contains(config);
        }
        assertThat(storage.scoreConfigs().find(P, "d")).isEmpty();
        assertThat(storage.scoreConfigs().find("p2", "a")).isEmpty();
    }

    @Test
    final void list_newestFirstPageByPage() {
        for (int i = 0; i < 5; i++) {
            storage.scoreConfigs().create(number("c" + i, null, null, NOON.plusSeconds(i / 2)));
        }

        assertThat(ids(new Slice(10, 0, null))).containsExactly("c4", "c2", "c3", "c0", "c1");
        assertThat(ids(new Slice(2, 2, null))).containsExactly("c3", "c0");
        assertThat(storage.scoreConfigs().count(P)).isEqualTo(5);
        assertThat(storage.scoreConfigs().count("p2")).isZero();
        assertThat(storage.scoreConfigs().list("p2", Slice.first(10))).isEmpty();
    }

    @Test
    final void list_bringsTheCategoriesOfEach() {
        ScoreConfig one = categories("a", new Category("x", 1));
        ScoreConfig other = categories("b", new Category("y", 1), new Category("z", 0));
        storage.scoreConfigs().create(one);
        storage.scoreConfigs().create(other);

        assertThat(storage.scoreConfigs().list(P, Slice.first(10))).containsExactly(one, other);
    }

    @Test
    final void update_replacesWhatChanges() {
        storage.scoreConfigs().create(categories("a", new Category("x", 1), new Category("y", 2)));
        storage.scoreConfigs().create(categories("b", new Category("x", 1)));
        ScoreConfig wanted = new ScoreConfig(
                "a",
                P,
                "renamed",
                DataType.CATEGORICAL,
                false,
                null,
                null,
                List.of(new Category("z", 3)),
                null,
                NOON,
                NOON.plusSeconds(1));

        assertThat(storage.scoreConfigs().update(P, "a", before -> wanted)).contains(wanted);
        assertThat(storage.scoreConfigs().find(P, "a")).contains(wanted);
        assertThat(storage.scoreConfigs().find(P, "b")).contains(categories("b", new Category("x", 1)));
        assertThat(storage.scoreConfigs().update(P, "c", before -> wanted)).isEmpty();
        assertThat(storage.scoreConfigs().update("p2", "a", before -> wanted)).isEmpty();
    }

    @Test
    final void update_thatThrowsChangesNothing() {
        ScoreConfig config = categories("a", new Category("x", 1));
        storage.scoreConfigs().create(config);

        assertThatThrownBy(() -> storage.scoreConfigs().update(P, "a", before -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(storage.scoreConfigs().find(P, "a")).contains(config);
    }

    private List<String> ids(Slice slice) {
        return storage.scoreConfigs().list(P, slice).stream()
                .map(ScoreConfig::id)
                .toList();
    }
}
