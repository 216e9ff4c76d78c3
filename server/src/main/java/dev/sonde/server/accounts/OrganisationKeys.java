package dev.sonde.server.accounts;

import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.OrganisationKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.storage.ControlPlane;
import dev.sonde.server.storage.OrganisationStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks key pairs of organisations, and makes those of projects on their behalf. */
public final class OrganisationKeys {

    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final OrganisationStore store;
    private final Clock clock;
    private final String pepper;

    public OrganisationKeys(OrganisationStore store, ControlPlane control, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.pepper = ApiKeys.pepper(control);
    }

    /** Stores a given key pair; one whose public key is known stays as it is. */
    public void seed(Organisation organisation, ApiKeys.NewKey key) {
        store.createKey(new OrganisationKey(
                UUID.randomUUID().toString(),
                organisation,
                key.publicKey(),
                Secrets.hash(pepper, key.secretKey()),
                ApiKeys.shown(key.secretKey()),
                "seeded",
                clock.instant(),
                null));
    }

    /** The organisation that the pair belongs to. */
    public Optional<Organisation> check(String publicKey, String secretKey) {
        Optional<OrganisationKey> known =
                store.findKey(publicKey).filter(key -> Secrets.same(key.secretHash(), Secrets.hash(pepper, secretKey)));
        known.ifPresent(this::touch);
        return known.map(OrganisationKey::organisation);
    }

    /** Stores a key pair of a project; empty when its public key is taken. */
    public Optional<ApiKey> createFor(Project project, ApiKeys.NewKey pair, @Nullable String note) {
        ApiKey key = new ApiKey(
                UUID.randomUUID().toString(),
                project.id(),
                pair.publicKey(),
                Secrets.hash(pepper, pair.secretKey()),
                ApiKeys.shown(pair.secretKey()),
                note,
                clock.instant(),
                null);
        return store.createProjectKey(key) ? Optional.of(key) : Optional.empty();
    }

    private void touch(OrganisationKey key) {
        Instant now = clock.instant();
        Instant last = key.lastUsedAt();
        if (last == null || last.plus(TOUCH_EVERY).isBefore(now)) {
            store.touchKey(key.id(), now);
        }
    }
}
