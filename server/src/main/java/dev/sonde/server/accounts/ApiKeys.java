package dev.sonde.server.accounts;

import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.storage.ControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Makes and checks key pairs. Checked keys are remembered for a few seconds, so that a revoked one ends soon. */
public final class ApiKeys {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final ControlPlane control;
    private final Clock clock;
    private final String pepper;
    private final Map<String, Checked> checked = new ConcurrentHashMap<>();

    public ApiKeys(ControlPlane control, Clock clock) {
        this.control = control;
        this.clock = clock;
        this.pepper = pepper(control);
    }

    static String pepper(ControlPlane control) {
        return control.findSetting("pepper").orElseGet(() -> {
            String made = Secrets.token();
            control.saveSetting("pepper", made);
            return made;
        });
    }

    /** A secret with its middle left out, for people. */
    static String shown(String secret) {
        return secret.length() < 12 ? "…" : secret.substring(0, 6) + "..." + secret.substring(secret.length() - 4);
    }

    /** Asks the store again for every key. */
    public void forget() {
        checked.clear();
    }

    /** A key pair, its secret readable this once. */
    public record NewKey(String publicKey, String secretKey) {}

    /** Makes a key pair for a project. */
    public NewKey create(Project project, String note) {
        NewKey key = new NewKey("pk-lf-" + UUID.randomUUID(), "sk-lf-" + UUID.randomUUID());
        save(project, key, note);
        return key;
    }

    /** Ends a key pair of a project at once; false when there is none. */
    public boolean delete(Project project, String keyId) {
        boolean deleted = control.deleteApiKey(project.id(), keyId);
        checked.clear();
        return deleted;
    }

    /** Stores a given key pair. */
    public void save(Project project, NewKey key, String note) {
        String secret = key.secretKey();
        control.saveApiKey(new ApiKey(
                control.findApiKey(key.publicKey())
                        .map(ApiKey::id)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                project.id(),
                key.publicKey(),
                Secrets.hash(pepper, secret),
                shown(secret),
                note,
                clock.instant(),
                null));
        checked.clear();
    }

    /** The project that the pair belongs to. */
    public Optional<Project> check(String publicKey, String secretKey) {
        String hash = Secrets.hash(pepper, secretKey);
        return find(publicKey)
                .filter(known -> Secrets.same(known.key().secretHash(), hash))
                .map(this::used);
    }

    /** The project that a public key alone belongs to. */
    public Optional<Project> checkPublic(String publicKey) {
        return find(publicKey).map(this::used);
    }

    /** The project that a public key names; says nothing of who sent it, and does not count as use. */
    public Optional<Project> findProject(String publicKey) {
        return find(publicKey).map(Checked::project);
    }

    private Project used(Checked known) {
        Instant now = clock.instant();
        Instant last = known.key().lastUsedAt();
        if (!known.touched() && (last == null || last.plus(TOUCH_EVERY).isBefore(now))) {
            control.touchApiKey(known.key().id(), now);
            checked.computeIfPresent(
                    known.key().publicKey(), (k, v) -> new Checked(v.key(), v.project(), v.at(), true));
        }
        return known.project();
    }

    private Optional<Checked> find(String publicKey) {
        Instant now = clock.instant();
        Checked known = checked.get(publicKey);
        if (known != null && known.at().plus(REMEMBERED).isAfter(now)) {
            return Optional.of(known);
        }
        Optional<Checked> fresh = control.findApiKey(publicKey)
                .flatMap(key ->
                        control.findProject(key.projectId()).map(project -> new Checked(key, project, now, false)));
        if (checked.size() >= MOST_REMEMBERED) {
            checked.clear();
        }
        fresh.ifPresent(found -> checked.put(publicKey, found));
        return fresh;
    }

    private record Checked(ApiKey key, Project project, Instant at, boolean touched) {}
}
