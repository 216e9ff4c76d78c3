package dev.sonde.server.storage;

import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.OrganisationKey;
import dev.sonde.server.model.Project;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Organisations: their keys, their projects, and how projects end. Every method is one durable transaction. */
public interface OrganisationStore {

    /** Stores a key of an organisation that exists; false when a key has its public key, and nothing is stored then. */
    boolean createKey(OrganisationKey key);

    Optional<OrganisationKey> findKey(String publicKey);

    /** Newest first, then by id. */
    List<OrganisationKey> keys(String organisationId);

    /** Notes that a key was used. */
    void touchKey(String keyId, Instant usedAt);

    /** By name, then id. */
    List<Project> projects(String organisationId);

    /** Stores a new project; who owns all others of its organisation owns it too. */
    void createProject(Project project);

    /** Stores a key of a project; false when a key has its public key, and nothing is stored then. */
    boolean createProjectKey(ApiKey key);

    /**
     * Ends a project for everybody: its keys and memberships are gone, and nobody finds it any more. What it holds stays
     * until it is erased.
     *
     * @return false when there is none
     */
    boolean retire(String projectId, Instant at);

    /** Ids of projects that are retired and not yet erased. */
    List<String> retired();

    /** Deletes everything that the control plane keeps of a project, and the project itself. */
    void erase(String projectId);
}
