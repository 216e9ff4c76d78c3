package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Account;
import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.OrganisationKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.model.Score.DataType;
import dev.sonde.server.model.ScoreConfig;
import dev.sonde.server.query.Slice;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link OrganisationStore} promises. */
public abstract class OrganisationStoreContract extends StorageContract {

    private static final Organisation ACME = new Organisation("o1", "Acme");
    private static final Organisation OTHER = new Organisation("o2", "Other");

    @BeforeEach
    final void saveProjects() {
        storage.control().saveProject(new Project("p1", "One", ACME, NOON));
        storage.control().saveProject(new Project("p9", "Nine", OTHER, NOON));
    }

    @Test
    final void keys_areKeptAsGiven_oneOfAPublicKey() {
        OrganisationKey key = new OrganisationKey("k1", ACME, "pk-1", "hash", "sk…", "note", NOON, null);

        assertThat(storage.organisations().createKey(key)).isTrue();
        assertThat(storage.organisations()
                        .createKey(new OrganisationKey("k2", OTHER, "pk-1", "x", "x", null, NOON, null)))
                .isFalse();
        assertThat(storage.organisations().createProjectKey(projectKey("k3", "p1", "pk-1")))
                .isFalse();
        assertThat(storage.organisations().createProjectKey(projectKey("k4", "p1", "pk-2")))
                .isTrue();
        assertThat(storage.organisations().createProjectKey(projectKey("k5", "p9", "pk-2")))
                .isFalse();
        assertThat(storage.organisations()
                        .createKey(new OrganisationKey("k6", ACME, "pk-2", "x", "x", null, NOON, null)))
                .isFalse();
        reopen();

        assertThat(storage.organisations().findKey("pk-1")).contains(key);
        assertThat(storage.organisations().findKey("pk-2")).isEmpty();
        assertThat(storage.organisations().keys("o1")).containsExactly(key);
        assertThat(storage.organisations().keys("o2")).isEmpty();
        assertThat(storage.control().apiKeys("p1")).containsExactly(projectKey("k4", "p1", "pk-2"));
        storage.organisations().touchKey("k1", NOON.plusSeconds(5));
        assertThat(storage.organisations().keys("o1"))
                .extracting(OrganisationKey::lastUsedAt)
                .containsExactly(NOON.plusSeconds(5));
    }

    @Test
    final void newProject_isOwnedByWhoOwnsAllOthers() {
        storage.control().saveProject(new Project("p2", "Two", ACME, NOON));
        for (String id : List.of("ada", "bob")) {
            storage.control().saveAccount(new Account(id, id + "@example.com", id, "hash", NOON));
            storage.control().saveMembership(id, "p1", Account.Role.OWNER);
        }
        storage.control().saveMembership("ada", "p2", Account.Role.OWNER);
        storage.control().saveMembership("bob", "p2", Account.Role.ADMIN);
        Project made = new Project("p3", "Three", ACME, "{\"a\":1}", NOON, NOON.plusSeconds(1));

        storage.organisations().createProject(made);

        assertThat(storage.control().findProject("p3")).contains(made);
        assertThat(storage.organisations().projects("o1"))
                .extracting(Project::id)
                .containsExactly("p1", "p3", "p2");
        assertThat(storage.control().memberships("ada")).contains(new Account.Membership(made, Account.Role.OWNER));
        assertThat(storage.control().memberships("bob")).hasSize(2);
    }

    @Test
    final void retiredProject_isOutOfSight_withoutKeysAndMembers_untilItIsErased() {
        storage.control().saveAccount(new Account("ada", "ada@example.com", "Ada", "hash", NOON));
        storage.control().saveMembership("ada", "p1", Account.Role.OWNER);
        storage.organisations().createProjectKey(projectKey("k1", "p1", "pk-1"));

        assertThat(storage.organisations().retire("p1", NOON)).isTrue();
        assertThat(storage.organisations().retire("p1", NOON)).isFalse();
        assertThat(storage.organisations().retire("never", NOON)).isFalse();
        reopen();

        assertThat(storage.organisations().retired()).containsExactly("p1");
        assertThat(storage.control().findProject("p1")).isEmpty();
        assertThat(storage.control().findApiKey("pk-1")).isEmpty();
        assertThat(storage.control().memberships("ada")).isEmpty();
        assertThat(storage.organisations().projects("o1")).isEmpty();
        assertThat(storage.control().projects()).extracting(Project::id).containsExactly("p9");
        storage.organisations().erase("p1");
        assertThat(storage.organisations().retired()).isEmpty();
    }

    @Test
    final void erase_takesWhatHangsOnTheProject_andNothingElse() {
        for (String project : List.of("p1", "p9")) {
            storage.prompts()
                    .create(new PromptStore.Draft(
                            project,
                            "prompt",
                            PromptType.TEXT,
                            "c",
                            "{}",
                            List.of("production"),
                            List.of("tag"),
                            null,
                            "API",
                            NOON,
                            List.of(new PromptStore.Reference("other", 1, null))));
            storage.scoreConfigs()
                    .create(new ScoreConfig(
                            "c-" + project,
                            project,
                            "tone",
                            DataType.CATEGORICAL,
                            false,
                            null,
                            null,
                            List.of(new ScoreConfig.Category("a", 1)),
                            null,
                            NOON,
                            NOON));
        }

        storage.organisations().erase("p1");
        storage.control().saveProject(new Project("p1", "Anew", ACME, NOON));

        assertThat(storage.prompts().versions("p1", "prompt")).isEmpty();
        assertThat(storage.scoreConfigs().list("p1", Slice.first(9))).isEmpty();
        assertThat(storage.prompts().versions("p9", "prompt"))
                .extracting(Prompt::tags)
                .containsExactly(List.of("tag"));
        assertThat(storage.scoreConfigs().find("p9", "c-p9"))
                .get()
                .extracting(ScoreConfig::categories)
                .isEqualTo(List.of(new ScoreConfig.Category("a", 1)));
    }

    private static ApiKey projectKey(String id, String project, String publicKey) {
        return new ApiKey(id, project, publicKey, "hash", "sk…", null, NOON, null);
    }
}
