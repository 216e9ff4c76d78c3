package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Project;
import dev.sonde.server.model.Repricing;
import dev.sonde.server.model.Repricing.Difference;
import dev.sonde.server.model.Repricing.State;
import dev.sonde.server.query.Slice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link RepricingStore} promises. */
public abstract class RepricingStoreContract extends StorageContract {

    private static final List<Difference> DIFFERENCES = List.of(
            new Difference("a", 3, 1, 2, new BigDecimal("0.000000000001"), new BigDecimal("12.50")),
            new Difference("\u00e9\uD83D\uDE00", 1, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO));

    @BeforeEach
    final void saveProjects() {
        for (String id : List.of(PROJECT, "project-2")) {
            storage.control().saveProject(new Project(id, id, new Project.Organisation("o", "o"), NOON));
        }
    }

    @Test
    final void save_isFoundAsItWas_afterReopeningToo() {
        Repricing started = repricing("r1", PROJECT, NOON);
        storage.repricings().save(started);
        assertThat(storage.repricings().find(PROJECT, "r1")).contains(started);
        assertThat(storage.repricings().running()).containsExactly(started);

        Repricing ended = started.with(State.FAILED, "no", DIFFERENCES, NOON.plusSeconds(1));
        storage.repricings().save(ended);
        reopen();

        assertThat(storage.repricings().find(PROJECT, "r1")).contains(ended);
        assertThat(storage.repricings().running()).isEmpty();
    }

    @Test
    final void list_isNewestFirst_ofOneProject() {
        storage.repricings().save(repricing("b", PROJECT, NOON));
        storage.repricings().save(repricing("a", PROJECT, NOON));
        storage.repricings().save(repricing("c", PROJECT, NOON.plusMillis(1)));
        storage.repricings().save(repricing("d", "project-2", NOON));

        assertThat(storage.repricings().list(PROJECT, Slice.first(10)))
                .extracting(Repricing::id)
                .containsExactly("c", "a", "b");
        assertThat(storage.repricings().list(PROJECT, new Slice(1, 1, null)))
                .extracting(Repricing::id)
                .containsExactly("a");
        assertThat(storage.repricings().count(PROJECT)).isEqualTo(3);
        assertThat(storage.repricings().find("project-2", "a")).isEmpty();
    }

    private static Repricing repricing(String id, String project, Instant at) {
        return new Repricing(
                id,
                project,
                "key pk",
                true,
                NOON,
                NOON.plusNanos(1_000),
                null,
                State.RUNNING,
                null,
                List.of(),
                at,
                null);
    }
}
