package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Account;
import dev.sonde.server.model.AnnotationItem;
import dev.sonde.server.model.AnnotationItem.Status;
import dev.sonde.server.model.AnnotationQueue;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.AnnotationQueueStore.ItemQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AnnotationQueueStore} promises. */
public abstract class AnnotationQueueStoreContract extends StorageContract {

    private static final String P = "p1";
    private static final Slice ALL = Slice.first(100);

    @BeforeEach
    final void saveProjects() {
        for (String id : List.of(P, "p2")) {
            storage.control().saveProject(new Project(id, id, new Project.Organisation("o", "o"), NOON));
        }
    }

    @Test
    final void queues_areKeptAsGiven_oneOfAName() {
        AnnotationQueue full =
                new AnnotationQueue("q1", P, "tone", "why", List.of("c2", "c1"), NOON, NOON.plusSeconds(1));
        AnnotationQueue bare = queue("q2", P, "bare");

        assertThat(storage.annotationQueues().create(full)).isTrue();
        assertThat(storage.annotationQueues().create(bare)).isTrue();
        assertThat(storage.annotationQueues().create(queue("q3", P, "tone"))).isFalse();
        assertThat(storage.annotationQueues().create(queue("q4", "p2", "tone"))).isTrue();
        reopen();

        assertThat(storage.annotationQueues().find(P, "q1")).contains(full);
        assertThat(storage.annotationQueues().find("p2", "q1")).isEmpty();
        assertThat(storage.annotationQueues().find(P, "q3")).isEmpty();
        assertThat(storage.annotationQueues().list(P, ALL)).containsExactly(full, bare);
        assertThat(storage.annotationQueues().list(P, new Slice(1, 1, null))).containsExactly(bare);
        assertThat(storage.annotationQueues().count(P)).isEqualTo(2);
    }

    @Test
    final void items_areListedNewestFirst_byStatus_andChange() {
        storage.annotationQueues().create(queue("q1", P, "one"));
        storage.annotationQueues().create(queue("q2", P, "two"));
        AnnotationItem first = item("i1", "q1", NOON);
        AnnotationItem second = item("i2", "q1", NOON.plusSeconds(1)).with(Status.COMPLETED, NOON.plusSeconds(2));
        for (AnnotationItem item : List.of(first, second, item("i3", "q2", NOON))) {
            storage.annotationQueues().addItem(item);
        }

        assertThat(storage.annotationQueues().items(of("q1", null), ALL)).containsExactly(second, first);
        assertThat(storage.annotationQueues().items(of("q1", Status.PENDING), ALL))
                .containsExactly(first);
        assertThat(storage.annotationQueues().items(of("q1", Status.COMPLETED), ALL))
                .containsExactly(second);
        assertThat(storage.annotationQueues().countItems(of("q1", null))).isEqualTo(2);
        assertThat(storage.annotationQueues().findItem(P, "q2", "i1")).isEmpty();

        AnnotationItem done = first.with(Status.COMPLETED, NOON.plusSeconds(9));
        assertThat(storage.annotationQueues().updateItem(P, "q2", "i1", i -> i)).isEmpty();
        assertThat(storage.annotationQueues().updateItem("p2", "q1", "i1", i -> i))
                .isEmpty();
        assertThat(storage.annotationQueues().updateItem(P, "q1", "i1", before -> done))
                .contains(done);
        reopen();
        assertThat(storage.annotationQueues().findItem(P, "q1", "i1")).contains(done);
        assertThat(storage.annotationQueues().countItems(of("q1", Status.PENDING)))
                .isZero();
    }

    @Test
    final void deletedItems_andWhatIsForgotten_areGone() {
        storage.annotationQueues().create(queue("q1", P, "one"));
        for (String id : List.of("i1", "i2", "i3")) {
            storage.annotationQueues().addItem(item(id, "q1", NOON));
        }

        assertThat(storage.annotationQueues().deleteItem("p2", "q1", "i1")).isFalse();
        assertThat(storage.annotationQueues().deleteItem(P, "q1", "i1")).isTrue();
        assertThat(storage.annotationQueues().deleteItem(P, "q1", "i1")).isFalse();
        storage.annotationQueues().forget("p2", List.of(new Subject(Subject.Type.TRACE, "of-i2")));
        storage.annotationQueues().forget(P, List.of(new Subject(Subject.Type.TRACE, "of-i3")));

        assertThat(storage.annotationQueues().items(of("q1", null), ALL))
                .extracting(AnnotationItem::id)
                .containsExactly("i2");
    }

    @Test
    final void assignments_areThereOnce() {
        storage.annotationQueues().create(queue("q1", P, "one"));
        for (String id : List.of("ada", "bob")) {
            storage.control().saveAccount(new Account(id, id + "@example.com", id, "hash", NOON));
        }

        storage.annotationQueues().assign("q1", "bob");
        storage.annotationQueues().assign("q1", "ada");
        storage.annotationQueues().assign("q1", "bob");

        assertThat(storage.annotationQueues().assigned("q1")).containsExactly("ada", "bob");
        assertThat(storage.annotationQueues().unassign("q1", "bob")).isTrue();
        assertThat(storage.annotationQueues().unassign("q1", "bob")).isFalse();
        assertThat(storage.annotationQueues().assigned("q1")).containsExactly("ada");
    }

    private static ItemQuery of(String queue, Status status) {
        return new ItemQuery(P, queue, status);
    }

    private static AnnotationQueue queue(String id, String project, String name) {
        return new AnnotationQueue(id, project, name, null, List.of(), NOON, NOON);
    }

    private static AnnotationItem item(String id, String queue, Instant at) {
        return new AnnotationItem(id, P, queue, new Subject(Subject.Type.TRACE, "of-" + id), null, at, at);
    }
}
