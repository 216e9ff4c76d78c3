package dev.sonde.server;

import dev.sonde.server.accounts.Accounts;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.accounts.OrganisationKeys;
import dev.sonde.server.accounts.Secrets;
import dev.sonde.server.model.Account;
import dev.sonde.server.model.Project;
import dev.sonde.server.storage.ControlPlane;
import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes what a server needs before anybody can use it: a project, a key pair, and a link for its first owner. */
final class FirstStart {

    private final ControlPlane control;
    private final ApiKeys keys;
    private final OrganisationKeys organisationKeys;
    private final Accounts accounts;
    private final Clock clock;

    FirstStart(ControlPlane control, ApiKeys keys, OrganisationKeys organisationKeys, Accounts accounts, Clock clock) {
        this.organisationKeys = organisationKeys;
        this.control = control;
        this.keys = keys;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * What was made.
     *
     * @param setupToken null when somebody can sign in already
     * @param key the generated key pair; null when none was generated this time
     * @param keyFile where the pair was written
     */
    record Outcome(
            @Nullable String setupToken,
            ApiKeys.@Nullable NewKey key,
            @Nullable Path keyFile) {}

    Outcome run(ServerConfig config) {
        Optional<ServerConfig.Seed> seed = config.seed();
        ApiKeys.NewKey made = null;
        Path file = null;
        if (seed.isPresent()) {
            Project project = seed(seed.get());
            if (control.apiKeys(project.id()).isEmpty()) {
                made = keys.create(project, "first key");
                file = write(config.data().resolve("first-key.env"), made);
            }
        } else if (control.projects().isEmpty()) {
            made = keys.create(project("default", "Default", Secrets.hexToken(), "My project"), "first key");
            file = write(config.data().resolve("first-key.env"), made);
        }
        return new Outcome(accounts.setupNeeded() ? accounts.setupToken() : null, made, file);
    }

    private Project seed(ServerConfig.Seed seed) {
        Project project = project(seed.organisationId(), seed.organisationName(), seed.projectId(), seed.projectName());
        String publicKey = seed.publicKey();
        String secretKey = seed.secretKey();
        if (publicKey != null
                && secretKey != null
                && control.findApiKey(publicKey).isEmpty()) {
            keys.save(project, new ApiKeys.NewKey(publicKey, secretKey), "seeded");
        }
        ServerConfig.Pair organisationKey = seed.organisationKey();
        if (organisationKey != null) {
            organisationKeys.seed(
                    project.organisation(),
                    new ApiKeys.NewKey(organisationKey.publicKey(), organisationKey.secretKey()));
        }
        String email = seed.userEmail();
        String password = seed.userPassword();
        if (email != null && password != null) {
            Account owner = control.findAccountByEmail(email.toLowerCase(java.util.Locale.ROOT))
                    .orElseGet(() -> accounts.create(email, seed.userName(), password));
            control.saveMembership(owner.id(), project.id(), Account.Role.OWNER);
        }
        return project;
    }

    private Project project(String organisationId, String organisation, String id, String name) {
        return control.findProject(id)
                .orElseGet(() -> control.saveProject(new Project(
                        id, name, new Project.Organisation(organisationId, organisation), clock.instant())));
    }

    private static Path write(Path file, ApiKeys.NewKey key) {
        String text = "LANGFUSE_PUBLIC_KEY=" + key.publicKey() + "\nLANGFUSE_SECRET_KEY=" + key.secretKey() + "\n";
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new StorageException("writing the first key", e);
        } catch (UnsupportedOperationException e) {
            throw new StorageException("the data directory's file system has no owner permissions", e);
        }
    }
}
