package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.model.DatasetItem.Status;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetStore.ItemQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link DatasetStore} promises. */
public abstract class DatasetStoreContract extends StorageContract {

    private static final String P = "p1";
    private static final Slice ALL = Slice.first(1_000);

    @BeforeEach
    final void saveProjects() {
        Organisation acme = new Organisation("org-1", "Acme");
        storage.control().saveProject(new Project(P, "Chat", acme, NOON));
        storage.control().saveProject(new Project("p2", "Other", acme, NOON));
    }

    private DatasetStore datasets() {
        return storage.datasets();
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static Dataset dataset(String name, int second) {
        return new Dataset("id-" + name, P, name, "d", "{\"m\":1}", "{}", "true", 0, at(second), at(second));
    }

    private Dataset stored(String name) {
        return datasets().save(dataset(name, 0)).orElseThrow();
    }

    private static DatasetItem item(Dataset dataset, String id, String input, int second) {
        return new DatasetItem(
                id,
                dataset.projectId(),
                dataset.id(),
                dataset.name(),
                Status.ACTIVE,
                input,
                "[1]",
                "{\"k\":null}",
                "trace-" + id,
                "observation-" + id,
                NOON,
                at(second));
    }

    private static ItemQuery of(Dataset dataset) {
        return new ItemQuery(dataset.projectId(), dataset.id(), null, null, null, true);
    }

    private static ItemQuery of(Dataset dataset, Instant at) {
        return new ItemQuery(dataset.projectId(), dataset.id(), null, null, at, true);
    }

    private List<String> ids(ItemQuery query) {
        return datasets().items(query, ALL).stream().map(DatasetItem::id).toList();
    }

    private List<String> inputs(ItemQuery query) {
        return datasets().items(query, ALL).stream().map(DatasetItem::input).toList();
    }

    @Test
    final void save_isKeptAsGiven() {
        Dataset made = datasets().save(dataset("a/ü%", 1)).orElseThrow();

        reopen();

        assertThat(made).isEqualTo(new Dataset("id-a/ü%", P, "a/ü%", "d", "{\"m\":1}", "{}", "true", 1, at(1), at(1)));
        assertThat(datasets().find(P, "a/ü%")).contains(made);
        assertThat(datasets().find("p2", "a/ü%")).isEmpty();
        assertThat(datasets().find(P, "A/ü%")).isEmpty();
    }

    @Test
    final void save_ofWhatChangedSince_isRefused() {
        Dataset first = stored("x");
        Dataset renewed =
                new Dataset(first.id(), P, "x", null, null, null, null, first.revision(), first.createdAt(), at(9));

        Dataset second = datasets().save(renewed).orElseThrow();

        assertThat(datasets().save(renewed)).isEmpty();
        assertThat(datasets().save(dataset("x", 5))).isEmpty();
        assertThat(datasets().find(P, "x")).contains(second);
        assertThat(second.description()).isNull();
        assertThat(second.updatedAt()).isEqualTo(at(9));
        datasets().saveItem(item(second, "i", "1", 10), second, null).orElseThrow();
        assertThat(datasets().save(second)).as("an item changed since").isEmpty();
    }

    @Test
    final void list_newestFirst_thenById() {
        for (int i = 0; i < 5; i++) {
            datasets().save(dataset("n" + i, i / 2)).orElseThrow();
        }

        assertThat(datasets().list(P, ALL)).extracting(Dataset::name).containsExactly("n4", "n2", "n3", "n0", "n1");
        assertThat(datasets().list(P, new Slice(2, 2, null)))
                .extracting(Dataset::name)
                .containsExactly("n3", "n0");
        assertThat(datasets().count(P)).isEqualTo(5);
        assertThat(datasets().count("p2")).isZero();
    }

    @Test
    final void saveItem_isKeptAsGiven() {
        Dataset dataset = stored("x");
        DatasetItem made = datasets()
                .saveItem(item(dataset, "i", "{\"a\":[]}", 3), dataset, null)
                .orElseThrow();

        reopen();

        assertThat(made).isEqualTo(item(dataset, "i", "{\"a\":[]}", 3));
        assertThat(datasets().findItem(P, "i")).contains(made);
        assertThat(datasets().findItem("p2", "i")).isEmpty();
    }

    @Test
    final void saveItem_ofWhatChangedSince_isRefused() {
        Dataset dataset = stored("x");
        DatasetItem first =
                datasets().saveItem(item(dataset, "i", "1", 1), dataset, null).orElseThrow();

        assertThat(datasets().saveItem(item(dataset, "i", "2", 2), dataset, null))
                .isEmpty();
        assertThat(datasets().saveItem(item(dataset, "i", "2", 2), dataset, at(7)))
                .isEmpty();
        assertThat(datasets().saveItem(item(dataset, "j", "2", 2), dataset, at(1)))
                .isEmpty();
        Dataset otherSchema = new Dataset("id-x", P, "x", null, null, "{}", "false", 1, NOON, NOON);
        assertThat(datasets().saveItem(item(dataset, "i", "2", 2), otherSchema, first.updatedAt()))
                .isEmpty();
        assertThat(datasets().findItem(P, "i")).contains(first);
        assertThat(datasets().findItem(P, "j")).isEmpty();
    }

    @Test
    final void saveItem_withAnIdOfAnotherDataset_isRefusedForEver() {
        Dataset one = stored("one");
        Dataset two = stored("two");
        datasets().saveItem(item(one, "i", "1", 1), one, null).orElseThrow();

        assertThatThrownBy(() -> datasets().saveItem(item(two, "i", "2", 2), two, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: ");
        datasets().deleteItem(P, "i", at(3));
        assertThatThrownBy(() -> datasets().saveItem(item(two, "i", "2", 4), two, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(datasets().saveItem(item(one, "i", "3", 5), one, null)).isPresent();
    }

    @Test
    final void items_asTheyWereAtAnyTime() {
        Dataset dataset = stored("x");
        datasets().saveItem(item(dataset, "i", "1", 10), dataset, null).orElseThrow();
        datasets().saveItem(item(dataset, "i", "2", 20), dataset, at(10)).orElseThrow();
        datasets().saveItem(item(dataset, "j", "9", 25), dataset, null).orElseThrow();
        datasets().deleteItem(P, "i", at(30));
        datasets().saveItem(item(dataset, "i", "3", 40), dataset, null).orElseThrow();

        assertThat(inputs(of(dataset, at(10).minusMillis(1)))).isEmpty();
        assertThat(inputs(of(dataset, at(10)))).containsExactly("1");
        assertThat(inputs(of(dataset, at(20).minusMillis(1)))).containsExactly("1");
        assertThat(inputs(of(dataset, at(20)))).containsExactly("2");
        assertThat(inputs(of(dataset, at(25)))).containsExactly("2", "9");
        assertThat(inputs(of(dataset, at(30)))).containsExactly("9");
        assertThat(inputs(of(dataset, at(40)))).containsExactly("3", "9");
        assertThat(inputs(of(dataset))).containsExactly("3", "9");
        assertThat(datasets().countItems(of(dataset, at(30)))).isEqualTo(1);
        assertThat(datasets().findItem(P, "i", at(15)).orElseThrow().input()).isEqualTo("1");
        assertThat(datasets().findItem(P, "i", at(35))).isEmpty();
    }

    @Test
    final void saveItem_manyTimesInAMillisecond_keepsEveryVersion() {
        Dataset dataset = stored("x");
        Instant before = null;
        for (int i = 0; i < 5; i++) {
            before = datasets()
                    .saveItem(item(dataset, "i", String.valueOf(i), 1), dataset, before)
                    .orElseThrow()
                    .updatedAt();
        }

        assertThat(before).isEqualTo(at(1).plusMillis(4));
        assertThat(IntStream.range(0, 5).mapToObj(i -> inputs(of(dataset, at(1).plusMillis(i)))))
                .containsExactly(List.of("0"), List.of("1"), List.of("2"), List.of("3"), List.of("4"));
        assertThat(datasets().deleteItem(P, "i", at(0))).isTrue();
        assertThat(inputs(of(dataset, at(1).plusMillis(4)))).containsExactly("4");
        assertThat(inputs(of(dataset))).isEmpty();
    }

    @Test
    final void items_bySourceAndStatus() {
        Dataset one = stored("one");
        Dataset two = stored("two");
        datasets().saveItem(item(one, "a", "1", 1), one, null).orElseThrow();
        datasets().saveItem(item(two, "b", "1", 1), two, null).orElseThrow();
        DatasetItem c = item(one, "c", "1", 1);
        datasets()
                .saveItem(
                        new DatasetItem(
                                "c",
                                P,
                                one.id(),
                                "one",
                                Status.ARCHIVED,
                                null,
                                null,
                                null,
                                "trace-a",
                                null,
                                c.createdAt(),
                                c.updatedAt()),
                        one,
                        null)
                .orElseThrow();

        assertThat(ids(of(one))).containsExactly("a");
        assertThat(ids(new ItemQuery(P, one.id(), null, null, null, false))).containsExactly("a", "c");
        assertThat(ids(new ItemQuery(P, null, null, null, null, true))).containsExactly("a", "b");
        assertThat(ids(new ItemQuery(P, null, "trace-a", null, null, false))).containsExactly("a", "c");
        assertThat(ids(new ItemQuery(P, null, null, "observation-b", null, true)))
                .containsExactly("b");
        assertThat(ids(new ItemQuery(P, two.id(), "trace-a", null, null, false)))
                .isEmpty();
        assertThat(ids(new ItemQuery("p2", null, null, null, null, false))).isEmpty();
        assertThat(datasets().findItem(P, "c").orElseThrow().status()).isEqualTo(Status.ARCHIVED);
    }

    @Test
    final void deleteItem_ofNothing_isFalse() {
        Dataset dataset = stored("x");
        datasets().saveItem(item(dataset, "i", "1", 1), dataset, null).orElseThrow();

        assertThat(datasets().deleteItem("p2", "i", at(2))).isFalse();
        assertThat(datasets().deleteItem(P, "other", at(2))).isFalse();
        assertThat(datasets().deleteItem(P, "i", at(2))).isTrue();
        assertThat(datasets().deleteItem(P, "i", at(2))).isFalse();
    }

    @Test
    final void changes_atTheSameTime_oneOfThemGetsThrough() throws Exception {
        Dataset dataset = stored("x");
        List<Callable<Optional<?>>> makers = new ArrayList<>();
        List<Callable<Optional<?>>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String input = String.valueOf(i);
            makers.add(() -> datasets().save(dataset("same", 1)));
            writers.add(() -> datasets().saveItem(item(dataset, "i", input, 1), dataset, null));
        }

        assertThat(successes(makers)).isEqualTo(1);
        assertThat(successes(writers)).isEqualTo(1);
        assertThat(datasets().countItems(of(dataset))).isEqualTo(1);
    }

    private static long successes(List<Callable<Optional<?>>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            long done = 0;
            for (Future<Optional<?>> answer : threads.invokeAll(all)) {
                done += answer.get().isPresent() ? 1 : 0;
            }
            return done;
        } finally {
            threads.shutdown();
        }
    }
}
