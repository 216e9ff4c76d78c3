package dev.sonde.server.storage;

import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.query.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prompts by name, version and label. Every method is one transaction, durable when it returns. Holds at all times: a
 * label stands at one version of a name, {@code latest} at its highest, and all versions of a name have one type and
 * the same tags.
 */
public interface PromptStore {

    /**
     * Stores a version numbered one above the highest there is, and moves its labels and {@code latest} to it.
     *
     * @throws IllegalArgumentException when the name's other versions have another type; nothing is stored then
     */
    Prompt create(Draft draft);

    Optional<Prompt> find(String projectId, String name, int version);

    /** The version that carries a label. */
    Optional<Prompt> find(String projectId, String name, String label);

    /** All versions of a name, highest first. */
    List<Prompt> versions(String projectId, String name);

    /** Which version of each name carries a label. */
    Map<String, Integer> labelled(String projectId, String label);

    /** The id of a version, without reading it. */
    Optional<String> findId(String projectId, String name, int version);

    /** Whether one of the project's versions has this id. */
    boolean contains(String projectId, String id);

    /** Adds labels to a version, off whichever has them; empty when there is no such version. */
    Optional<Prompt> addLabels(String projectId, String name, int version, List<String> labels, Instant at);

    /**
     * Deletes versions of a name, all or nothing; {@code latest} goes to the highest that remains.
     *
     * @param version only this one; null for any
     * @param label only the one that carries it; null for any
     */
    Deletion delete(String projectId, String name, @Nullable Integer version, @Nullable String label, Instant at);

    /** Names that have a matching version, in order, each with what its matching versions are. */
    List<Summary> list(Query query, Slice slice);

    /** How many names have a matching version. */
    long count(Query query);

    /**
     * A version to be.
     *
     * @param labels without {@code latest}, which it gets anyway
     * @param tags for all versions of the name; null to leave them as they are
     * @param embeds what its content embeds
     */
    record Draft(
            String projectId,
            String name,
            PromptType type,
            String content,
            String config,
            List<String> labels,
            @Nullable List<String> tags,
            @Nullable String commitMessage,
            String createdBy,
            Instant createdAt,
            List<Reference> embeds) {}

    /**
     * One version of a prompt, named by its number or by its label: exactly one of the two is not null.
     */
    record Reference(
            String name,
            @Nullable Integer version,
            @Nullable String label) {

        public Reference {
            if ((version == null) == (label == null)) {
                throw new IllegalArgumentException("either a version or a label");
            }
        }

        @Override
        public String toString() {
            return "'" + name + "' with " + (label == null ? "version " + version : "label '" + label + "'");
        }
    }

    /**
     * What became of a deletion.
     *
     * @param versions the numbers that matched, ascending
     * @param dependents versions of other prompts that embed one of them; when there are any, nothing was deleted
     */
    record Deletion(List<Integer> versions, List<Reference> dependents) {}

    /** Which versions are meant; what is null does not matter. Times are of the last update, the second exclusive. */
    record Query(
            String projectId,
            @Nullable String name,
            @Nullable Integer version,
            @Nullable String label,
            @Nullable String tag,
            @Nullable Instant updatedFrom,
            @Nullable Instant updatedTo) {}

    /**
     * A name with the versions that match a query.
     *
     * @param versions ascending
     * @param labels of these versions
     * @param lastUpdatedAt of these versions
     * @param lastConfig of the highest of these versions
     */
    record Summary(
            String name,
            PromptType type,
            List<Integer> versions,
            List<String> labels,
            List<String> tags,
            Instant lastUpdatedAt,
            String lastConfig) {}
}
