package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Account;
import dev.sonde.server.model.Account.Membership;
import dev.sonde.server.model.Account.Role;
import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link ControlPlane} promises. */
public abstract class ControlPlaneContract extends StorageContract {

    private static final Organisation ACME = new Organisation("org-1", "Acme");
    private static final Project CHAT = new Project("p1", "Chat", ACME, NOON);
    private static final Project AGENTS = new Project("p2", "Agents", ACME, NOON.plusSeconds(1));
    private static final ApiKey KEY = new ApiKey("k1", "p1", "pk-1", "hash", "sk-…1", null, NOON, null);
    private static final Account ADA = new Account("a1", "ada@example.com", "Ada", "argon", NOON);

    private ControlPlane control() {
        return storage.control();
    }

    @Test
    final void projects_areKeptAndRenamed() {
        assertThat(control().saveProject(CHAT)).isEqualTo(CHAT);
        control().saveProject(AGENTS);
        Project renamed = new Project("p1", "Zebra", new Organisation("org-1", "New"), NOON.plusSeconds(99));

        Project kept = control().saveProject(renamed);

        assertThat(kept)
                .isEqualTo(
                        new Project("p1", "Zebra", new Organisation("org-1", "New"), "{}", NOON, NOON.plusSeconds(99)));
        reopen();
        assertThat(control().findProject("p1")).contains(kept);
        assertThat(control().findProject("p9")).isEmpty();
        assertThat(control().projects()).extracting(Project::name).containsExactly("Agents", "Zebra");
    }

    @Test
    final void apiKeys_byPublicKey_newestFirst() {
        control().saveProject(CHAT);
        ApiKey newer = new ApiKey("k2", "p1", "pk-2", "hash2", "sk-…2", "ci", NOON.plusSeconds(1), NOON.plusSeconds(2));
        control().saveApiKey(KEY);
        control().saveApiKey(newer);

        reopen();

        assertThat(control().findApiKey("pk-1")).contains(KEY);
        assertThat(control().findApiKey("pk-2")).contains(newer);
        assertThat(control().findApiKey("pk-3")).isEmpty();
        assertThat(control().apiKeys("p1")).containsExactly(newer, KEY);
        assertThat(control().apiKeys("p2")).isEmpty();
    }

    @Test
    final void apiKeys_samePublicKey_isReplaced() {
        control().saveProject(CHAT);
        ApiKey again = new ApiKey("k9", "p1", "pk-1", "other", "sk-…9", null, NOON, null);
        control().saveApiKey(KEY);

        control().saveApiKey(again);

        assertThat(control().apiKeys("p1")).containsExactly(again);
    }

    @Test
    final void apiKeys_touched_rememberWhen() {
        control().saveProject(CHAT);
        control().saveApiKey(KEY);

        control().touchApiKey("k1", NOON.plusSeconds(7));

        assertThat(control().findApiKey("pk-1").orElseThrow().lastUsedAt()).isEqualTo(NOON.plusSeconds(7));
    }

    @Test
    final void deleteApiKey_onlyInItsProject() {
        control().saveProject(CHAT);
        control().saveProject(AGENTS);
        control().saveApiKey(KEY);

        assertThat(control().deleteApiKey(AGENTS.id(), KEY.id())).isFalse();
        assertThat(control().findApiKey("pk-1")).contains(KEY);
        assertThat(control().deleteApiKey(CHAT.id(), KEY.id())).isTrue();
        assertThat(control().findApiKey("pk-1")).isEmpty();
        assertThat(control().deleteApiKey(CHAT.id(), KEY.id())).isFalse();
    }

    @Test
    final void apiKeys_ofUnknownProject_areRefused() {
        assertThatThrownBy(() -> control().saveApiKey(KEY)).isInstanceOf(StorageException.class);

        assertThat(control().findApiKey("pk-1")).isEmpty();
    }

    @Test
    final void accounts_byIdAndEmail() {
        assertThat(control().anyAccount()).isFalse();
        control().saveAccount(ADA);
        Account changed = new Account("a1", "ada@example.org", "Ada L.", "argon2", NOON);

        control().saveAccount(changed);

        assertThat(control().anyAccount()).isTrue();
        assertThat(control().findAccount("a1")).contains(changed);
        assertThat(control().findAccountByEmail("ada@example.org")).contains(changed);
        assertThat(control().findAccountByEmail("ada@example.com")).isEmpty();
    }

    @Test
    final void accounts_takenEmail_isRefused() {
        control().saveAccount(ADA);

        assertThatThrownBy(() -> control().saveAccount(new Account("a2", ADA.email(), "Eve", "x", NOON)))
                .isInstanceOf(StorageException.class);

        assertThat(control().findAccount("a2")).isEmpty();
    }

    @Test
    final void memberships_byProjectName_lastRoleCounts() {
        control().saveProject(CHAT);
        control().saveProject(AGENTS);
        control().saveAccount(ADA);
        control().saveMembership("a1", "p1", Role.VIEWER);
        control().saveMembership("a1", "p2", Role.MEMBER);

        control().saveMembership("a1", "p1", Role.OWNER);

        assertThat(control().memberships("a1"))
                .containsExactly(new Membership(AGENTS, Role.MEMBER), new Membership(CHAT, Role.OWNER));
        assertThat(control().memberships("a9")).isEmpty();
    }

    @Test
    final void browserSessions_comeAndGo() {
        control().saveAccount(ADA);
        control().saveBrowserSession("token", "a1", NOON, NOON);
        control().saveBrowserSession("token", "a1", NOON, NOON.plusSeconds(5));

        assertThat(control().findBrowserSession("token"))
                .contains(new ControlPlane.BrowserSession("a1", NOON, NOON.plusSeconds(5)));

        control().deleteBrowserSession("token");
        assertThat(control().findBrowserSession("token")).isEmpty();
    }

    @Test
    final void settings_comeAndGo() {
        control().saveSetting("pepper", "one");
        control().saveSetting("pepper", "two");
        reopen();

        assertThat(control().findSetting("pepper")).contains("two");
        control().deleteSetting("pepper");
        assertThat(control().findSetting("pepper")).isEmpty();
    }

    @Test
    final void manyThreads_loseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<? extends Future<?>> saves = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> control().saveSetting("s" + i, "v" + i)))
                    .toList();
            for (Future<?> save : saves) {
                save.get();
            }
        } finally {
            threads.shutdownNow();
        }

        for (int i = 0; i < 200; i++) {
            assertThat(control().findSetting("s" + i)).contains("v" + i);
        }
    }
}
