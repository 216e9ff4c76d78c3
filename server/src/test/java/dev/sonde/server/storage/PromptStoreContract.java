package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.PromptStore.Deletion;
import dev.sonde.server.storage.PromptStore.Draft;
import dev.sonde.server.storage.PromptStore.Query;
import dev.sonde.server.storage.PromptStore.Reference;
import dev.sonde.server.storage.PromptStore.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link PromptStore} promises. */
public abstract class PromptStoreContract extends StorageContract {

    private static final String P = "p1";
    private static final Query ALL = new Query(P, null, null, null, null, null, null);

    @BeforeEach
    final void saveProjects() {
        Organisation acme = new Organisation("org-1", "Acme");
        storage.control().saveProject(new Project(P, "Chat", acme, NOON));
        storage.control().saveProject(new Project("p2", "Other", acme, NOON));
    }

    private PromptStore prompts() {
        return storage.prompts();
    }

    private static Draft draft(String name, int second, List<String> labels, Reference... embeds) {
        return new Draft(
                P,
                name,
                PromptType.TEXT,
                "text " + second,
                "{\"n\":" + second + "}",
                labels,
                null,
                null,
                "API",
                at(second),
                List.of(embeds));
    }

    private static Draft tagged(String name, int second, List<String> tags) {
        Draft d = draft(name, second, List.of());
        return new Draft(
                P, name, d.type(), d.content(), d.config(), d.labels(), tags, "why", "a1", d.createdAt(), d.embeds());
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private List<String> labels(String name, int version) {
        return prompts().find(P, name, version).orElseThrow().labels();
    }

    @Test
    final void versions_highestFirst_eachWithItsLabels() {
        Prompt first = prompts().create(draft("greeting", 1, List.of("production", "b")));
        Prompt second = prompts().create(draft("greeting", 2, List.of("b")));
        prompts().create(draft("other", 3, List.of()));

        assertThat(prompts().versions(P, "greeting"))
                .containsExactly(second, prompts().find(P, "greeting", 1).orElseThrow());
        assertThat(first.labels()).contains("b");
        assertThat(prompts().versions(P, "greeting").get(1).labels()).containsExactly("production");
        assertThat(prompts().versions(P, "none")).isEmpty();
        assertThat(prompts().versions("p2", "greeting")).isEmpty();
    }

    @Test
    final void labelled_saysWhichVersionCarriesIt() {
        prompts().create(draft("greeting", 1, List.of("production")));
        prompts().create(draft("greeting", 2, List.of()));
        prompts().create(draft("other", 3, List.of()));

        assertThat(prompts().labelled(P, "production")).isEqualTo(Map.of("greeting", 1));
        assertThat(prompts().labelled(P, "latest")).isEqualTo(Map.of("greeting", 2, "other", 1));
        assertThat(prompts().labelled("p2", "latest")).isEmpty();
    }

    @Test
    final void create_isKeptAsGiven() {
        Prompt made = prompts().create(tagged("greeting", 1, List.of("b", "a")));

        reopen();

        assertThat(made)
                .isEqualTo(new Prompt(
                        made.id(),
                        P,
                        "greeting",
                        1,
                        PromptType.TEXT,
                        "text 1",
                        "{\"n\":1}",
                        List.of("latest"),
                        List.of("b", "a"),
                        "why",
                        "a1",
                        at(1),
                        at(1)));
        assertThat(prompts().find(P, "greeting", 1)).contains(made);
        assertThat(prompts().find(P, "greeting", "latest")).contains(made);
        assertThat(prompts().findId(P, "greeting", 1)).contains(made.id());
        assertThat(prompts().find(P, "greeting", 2)).isEmpty();
        assertThat(prompts().find(P, "greeting", "production")).isEmpty();
        assertThat(prompts().find("p2", "greeting", 1)).isEmpty();
        assertThat(prompts().findId("p2", "greeting", 1)).isEmpty();
    }

    @Test
    final void create_movesLabelsAndLatest() {
        prompts().create(draft("a", 1, List.of("production", "eu")));
        prompts().create(draft("b", 2, List.of("production")));

        Prompt second = prompts().create(draft("a", 3, List.of("production")));

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.labels()).containsExactly("production", "latest");
        assertThat(labels("a", 1)).containsExactly("eu");
        assertThat(prompts().find(P, "a", 1).orElseThrow().updatedAt()).isEqualTo(at(3));
        assertThat(prompts().find(P, "a", 1).orElseThrow().createdAt()).isEqualTo(at(1));
        assertThat(labels("b", 1)).containsExactly("production", "latest");
    }

    @Test
    final void create_otherType_isRefusedAndLeavesNothing() {
        prompts().create(draft("a", 1, List.of("production")));
        Draft text = draft("a", 2, List.of("production"));
        Draft chat = new Draft(P, "a", PromptType.CHAT, "[]", "{}", text.labels(), null, null, "API", at(2), List.of());

        assertThatThrownBy(() -> prompts().create(chat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("type: ");

        assertThat(prompts().list(ALL, Slice.first(10)))
                .extracting(Summary::versions)
                .containsExactly(List.of(1));
        assertThat(labels("a", 1)).containsExactly("production", "latest");
    }

    @Test
    final void tags_areOfAllVersions() {
        prompts().create(tagged("a", 1, List.of("x", "y")));
        prompts().create(draft("a", 2, List.of()));
        assertThat(prompts().find(P, "a", 2).orElseThrow().tags()).containsExactly("x", "y");

        prompts().create(tagged("a", 3, List.of("z")));

        assertThat(prompts().find(P, "a", 1).orElseThrow().tags()).containsExactly("z");
        prompts().create(tagged("a", 4, List.of()));
        assertThat(prompts().find(P, "a", 1).orElseThrow().tags()).isEmpty();
    }

    @Test
    final void addLabels_keepsOthersAndMoves() {
        prompts().create(draft("a", 1, List.of("production")));
        prompts().create(draft("a", 2, List.of("eu")));

        Prompt labelled = prompts()
                .addLabels(P, "a", 2, List.of("production", "eu", "us"), at(9))
                .orElseThrow();

        assertThat(labelled.labels()).containsExactly("eu", "latest", "production", "us");
        assertThat(labelled.updatedAt()).isEqualTo(at(9));
        assertThat(labels("a", 1)).isEmpty();
        assertThat(prompts().addLabels(P, "a", 3, List.of("us"), at(9))).isEmpty();
        assertThat(prompts().addLabels("p2", "a", 2, List.of("us"), at(9))).isEmpty();
    }

    @Test
    final void delete_ofOneVersion_movesLatest() {
        for (int i = 1; i <= 3; i++) {
            prompts().create(draft("a", i, List.of("l" + i)));
        }

        assertThat(prompts().delete(P, "a", 3, null, at(9))).isEqualTo(new Deletion(List.of(3), List.of()));

        assertThat(labels("a", 2)).containsExactly("l2", "latest");
        assertThat(prompts().find(P, "a", "l3")).isEmpty();
        assertThat(prompts().delete(P, "a", 3, null, at(9)).versions()).isEmpty();
        assertThat(prompts().delete(P, "a", 1, "l2", at(9)).versions()).isEmpty();
        assertThat(prompts().delete(P, "a", null, "l1", at(9)).versions()).containsExactly(1);
        assertThat(prompts().create(draft("a", 10, List.of())).version()).isEqualTo(3);
    }

    @Test
    final void delete_ofAll_startsAnew() {
        prompts().create(tagged("a", 1, List.of("x")));
        prompts().create(draft("a", 2, List.of()));
        prompts().create(draft("b", 3, List.of()));

        assertThat(prompts().delete(P, "a", null, null, at(9)).versions()).containsExactly(1, 2);

        assertThat(prompts().list(ALL, Slice.first(10)))
                .extracting(Summary::name)
                .containsExactly("b");
        Draft chat = new Draft(P, "a", PromptType.CHAT, "[]", "{}", List.of(), null, null, "API", at(9), List.of());
        Prompt again = prompts().create(chat);
        assertThat(again.version()).isEqualTo(1);
        assertThat(again.type()).isEqualTo(PromptType.CHAT);
        assertThat(again.tags()).isEmpty();
    }

    @Test
    final void delete_ofWhatIsEmbedded_isRefused() {
        prompts().create(draft("part", 1, List.of("production")));
        prompts().create(draft("part", 2, List.of()));
        prompts().create(draft("byLabel", 3, List.of(), new Reference("part", null, "production")));
        prompts().create(draft("byVersion", 4, List.of(), new Reference("part", 1, null)));
        prompts().create(draft("byLatest", 5, List.of(), new Reference("part", null, "latest")));

        Deletion refused = prompts().delete(P, "part", 1, null, at(9));

        assertThat(refused)
                .isEqualTo(new Deletion(
                        List.of(1), List.of(new Reference("byLabel", 1, null), new Reference("byVersion", 1, null))));
        assertThat(labels("part", 1)).containsExactly("production");
        assertThat(prompts().delete(P, "part", 2, null, at(9)).dependents())
                .as("the latest that remains takes its place")
                .isEmpty();
        assertThat(prompts().delete(P, "part", null, null, at(9)).dependents()).hasSize(3);
        for (String name : List.of("byLabel", "byVersion", "byLatest")) {
            prompts().delete(P, name, null, null, at(9));
        }
        assertThat(prompts().delete(P, "part", null, null, at(9)).dependents()).isEmpty();
    }

    @Test
    final void list_byName_withMatchingVersionsOnly() {
        prompts().create(tagged("b", 1, List.of("t")));
        prompts().create(draft("b", 2, List.of("production", "eu")));
        prompts().create(draft("a/x", 3, List.of("production")));
        prompts().create(draft("b", 4, List.of()));

        assertThat(prompts().list(ALL, Slice.first(10)))
                .containsExactly(
                        new Summary(
                                "a/x",
                                PromptType.TEXT,
                                List.of(1),
                                List.of("production", "latest"),
                                List.of(),
                                at(3),
                                "{\"n\":3}"),
                        new Summary(
                                "b",
                                PromptType.TEXT,
                                List.of(1, 2, 3),
                                List.of("production", "eu", "latest"),
                                List.of("t"),
                                at(4),
                                "{\"n\":4}"));
        assertThat(prompts().list(ALL, new Slice(1, 1, null)))
                .extracting(Summary::name)
                .containsExactly("b");
        assertThat(prompts().count(ALL)).isEqualTo(2);
        assertVersions(new Query(P, "b", null, "eu", null, null, null), Map.of("b", List.of(2)));
        assertVersions(new Query(P, null, 1, null, null, null, null), Map.of("a/x", List.of(1), "b", List.of(1)));
        assertVersions(new Query(P, null, null, null, "t", null, null), Map.of("b", List.of(1, 2, 3)));
        assertVersions(new Query(P, null, null, null, null, at(3), at(4)), Map.of("a/x", List.of(1)));
        assertVersions(new Query("p2", null, null, null, null, null, null), Map.of());
    }

    private void assertVersions(Query query, Map<String, List<Integer>> expected) {
        Map<String, List<Integer>> found = new TreeMap<>();
        prompts().list(query, Slice.first(10)).forEach(s -> found.put(s.name(), s.versions()));
        assertThat(found).isEqualTo(new TreeMap<>(expected));
        assertThat(prompts().count(query)).isEqualTo(expected.size());
    }

    @Test
    final void manyThreads_numberWithoutGaps() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Prompt>> made = IntStream.rangeClosed(1, 200)
                    .mapToObj(i -> threads.submit(() -> prompts().create(draft("a", i, List.of("production")))))
                    .toList();
            for (Future<Prompt> one : made) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        List<Summary> all = prompts().list(ALL, Slice.first(10));

        assertThat(all).singleElement().satisfies(one -> {
            assertThat(one.versions())
                    .isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
            assertThat(one.labels()).containsExactly("production", "latest");
        });
        assertThat(labels("a", 200)).containsExactly("production", "latest");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    final void anySequence_keepsTheInvariants(long seed) {
        new RandomPrompts(prompts(), P, seed).run(150);
    }
}
