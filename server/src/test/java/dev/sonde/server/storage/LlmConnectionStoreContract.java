package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.LlmConnection;
import dev.sonde.server.model.LlmConnection.Adapter;
import dev.sonde.server.model.Project;
import dev.sonde.server.query.Slice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link LlmConnectionStore} promises. */
public abstract class LlmConnectionStoreContract extends StorageContract {

    private static final String P = "p1";

    @BeforeEach
    final void saveProjects() {
        for (String id : List.of(P, "p2")) {
            storage.control().saveProject(new Project(id, id, new Project.Organisation("o", "o"), NOON));
        }
    }

    @Test
    final void save_isKeptAsGiven_inItsProject() {
        LlmConnection full = new LlmConnection(
                "c1",
                P,
                "gate",
                Adapter.BEDROCK,
                "...abcd",
                "v1.x",
                "https://example.com/v1",
                List.of("m1", "m\"2"),
                false,
                List.of("X-A", "b"),
                "v1.y",
                "{\"region\":\"eu\"}",
                NOON,
                NOON.plusSeconds(1));
        LlmConnection bare = connection("c2", P, "bare", "v1.z", NOON.plusSeconds(5));

        assertThat(storage.llmConnections().save(full)).isEqualTo(new LlmConnectionStore.Saved(full, true));
        storage.llmConnections().save(bare);
        reopen();

        assertThat(storage.llmConnections().find(P, "gate")).contains(full);
        assertThat(storage.llmConnections().find("p2", "gate")).isEmpty();
        assertThat(storage.llmConnections().list(P, Slice.first(9))).containsExactly(bare, full);
        assertThat(storage.llmConnections().list(P, new Slice(1, 1, null))).containsExactly(full);
        assertThat(storage.llmConnections().count(P)).isEqualTo(2);
        assertThat(storage.llmConnections().count("p2")).isZero();
    }

    @Test
    final void save_ofTheSameProvider_keepsIdAndCreation_andNothingElse() {
        storage.llmConnections().save(connection("c1", P, "gate", "old", NOON));
        storage.llmConnections().save(connection("c2", "p2", "gate", "other", NOON));

        LlmConnectionStore.Saved again =
                storage.llmConnections().save(connection("c3", P, "gate", "new", NOON.plusSeconds(9)));

        assertThat(again.created()).isFalse();
        assertThat(again.connection().id()).isEqualTo("c1");
        assertThat(again.connection().createdAt()).isEqualTo(NOON);
        assertThat(again.connection().updatedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(again.connection().sealedSecret()).isEqualTo("new");
        assertThat(storage.llmConnections().list(P, Slice.first(9))).containsExactly(again.connection());
        assertThat(storage.llmConnections().find("p2", "gate"))
                .map(LlmConnection::sealedSecret)
                .contains("other");
    }

    @Test
    final void delete_isOfTheProjectOnly() {
        storage.llmConnections().save(connection("c1", P, "gate", "s", NOON));

        assertThat(storage.llmConnections().delete("p2", "c1")).isFalse();
        assertThat(storage.llmConnections().delete(P, "c1")).isTrue();
        assertThat(storage.llmConnections().delete(P, "c1")).isFalse();
        assertThat(storage.llmConnections().count(P)).isZero();
    }

    private static LlmConnection connection(String id, String project, String provider, String secret, Instant at) {
        return new LlmConnection(
                id,
                project,
                provider,
                Adapter.OPENAI,
                "...",
                secret,
                null,
                List.of(),
                true,
                List.of(),
                null,
                null,
                at,
                at);
    }
}
