package dev.sonde.server.storage;

import dev.sonde.server.model.Account;
import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.Project;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Projects, keys and accounts. Every method is one durable transaction. */
public interface ControlPlane {

    /** Stores a project and its organisation; an existing one keeps its creation time and takes the new names. */
    Project saveProject(Project project);

    Optional<Project> findProject(String projectId);

    /** All projects, by name. */
    List<Project> projects();

    /** Stores a key; replaces one with the same id or the same public key. */
    void saveApiKey(ApiKey key);

    Optional<ApiKey> findApiKey(String publicKey);

    /** Keys of a project, newest first. */
    List<ApiKey> apiKeys(String projectId);

    /** Deletes a key of a project; false when there is none. */
    boolean deleteApiKey(String projectId, String keyId);

    /** Notes that a key was used; may be applied late. */
    void touchApiKey(String keyId, Instant usedAt);

    /** Stores an account; replaces one with the same id. A taken e-mail address is a {@link StorageException}. */
    void saveAccount(Account account);

    Optional<Account> findAccount(String accountId);

    Optional<Account> findAccountByEmail(String email);

    /** Whether anybody can sign in yet. */
    boolean anyAccount();

    /** Gives an account a role in a project, or changes it. */
    void saveMembership(String accountId, String projectId, Account.Role role);

    /** What an account can open, by project name. */
    List<Account.Membership> memberships(String accountId);

    /**
     * Remembers a signed-in browser.
     *
     * @param tokenHash hash of the cookie's value; the value itself is not stored
     */
    void saveBrowserSession(String tokenHash, String accountId, Instant createdAt, Instant lastSeenAt);

    /** The account behind a browser session and its times. */
    Optional<BrowserSession> findBrowserSession(String tokenHash);

    void deleteBrowserSession(String tokenHash);

    /** A small named value the server keeps for itself, such as its pepper. */
    Optional<String> findSetting(String name);

    void saveSetting(String name, String value);

    void deleteSetting(String name);

    /** A signed-in browser. */
    record BrowserSession(String accountId, Instant createdAt, Instant lastSeenAt) {}
}
