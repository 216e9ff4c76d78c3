package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Comment;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.CommentStore.Query;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link CommentStore} promises. */
public abstract class CommentStoreContract extends StorageContract {

    private static final String P = "p1";
    private static final Subject TRACE = new Subject(Subject.Type.TRACE, "x");
    private static final Subject OBSERVATION = new Subject(Subject.Type.OBSERVATION, "x");

    @BeforeEach
    final void saveProjects() {
        for (String id : List.of(P, "p2")) {
            storage.control().saveProject(new Project(id, id, new Project.Organisation("o", "o"), NOON));
        }
    }

    @Test
    final void create_isKeptAsGiven_inItsProject() {
        Comment said =
                new Comment("c1", P, OBSERVATION, "**so**\n'; --", "ada", NOON.plusNanos(1_000), NOON.plusSeconds(1));

        storage.comments().create(said);
        reopen();

        assertThat(storage.comments().find(P, "c1")).contains(said);
        assertThat(storage.comments().find("p2", "c1")).isEmpty();
        assertThat(storage.comments().find(P, "c2")).isEmpty();
    }

    @Test
    final void list_isNewestFirst_byWhatIsAskedFor() {
        save("c1", P, TRACE, "ada", NOON);
        save("c3", P, TRACE, null, NOON.plusSeconds(1));
        save("c2", P, TRACE, "ada", NOON.plusSeconds(1));
        save("c4", P, OBSERVATION, "ada", NOON.plusSeconds(2));
        save("c5", "p2", TRACE, "ada", NOON);

        assertThat(ids(new Query(P, null, null, null), Slice.first(9))).containsExactly("c4", "c2", "c3", "c1");
        assertThat(ids(new Query(P, null, null, null), new Slice(2, 1, null))).containsExactly("c2", "c3");
        assertThat(ids(new Query(P, Subject.Type.TRACE, null, null), Slice.first(9)))
                .containsExactly("c2", "c3", "c1");
        assertThat(ids(new Query(P, Subject.Type.OBSERVATION, "x", "ada"), Slice.first(9)))
                .containsExactly("c4");
        assertThat(ids(new Query(P, Subject.Type.TRACE, "y", null), Slice.first(9)))
                .isEmpty();
        assertThat(storage.comments().count(new Query(P, Subject.Type.TRACE, "x", "ada")))
                .isEqualTo(2);
    }

    @Test
    final void forget_takesWhatIsAboutThese_inThisProjectOnly() {
        save("c1", P, TRACE, null, NOON);
        save("c2", P, OBSERVATION, null, NOON);
        save("c3", "p2", TRACE, null, NOON);

        storage.comments().forget(P, List.of());
        storage.comments().forget(P, List.of(TRACE, new Subject(Subject.Type.SESSION, "x")));

        assertThat(ids(new Query(P, null, null, null), Slice.first(9))).containsExactly("c2");
        assertThat(ids(new Query("p2", null, null, null), Slice.first(9))).containsExactly("c3");
    }

    private void save(String id, String project, Subject subject, String author, Instant at) {
        storage.comments().create(new Comment(id, project, subject, "well", author, at, at));
    }

    private List<String> ids(Query query, Slice slice) {
        return storage.comments().list(query, slice).stream().map(Comment::id).toList();
    }
}
