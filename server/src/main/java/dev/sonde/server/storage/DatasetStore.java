package dev.sonde.server.storage;

import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.query.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Datasets and every version of their items. Every method is one transaction, durable when it returns. Who changes
 * something says what it has seen; where that is no longer so, nothing is stored and the answer is empty, to look again.
 */
public interface DatasetStore {

    Optional<Dataset> find(String projectId, String name);

    /** Newest first, then by id. */
    List<Dataset> list(String projectId, Slice slice);

    long count(String projectId);

    /**
     * Stores a new dataset (revision 0), or the next state of one, and answers it as stored. Empty when the name is
     * taken, or when the dataset or one of its items changed since the revision.
     */
    Optional<Dataset> save(Dataset dataset);

    /** The item as it is now, archived or not; empty when there is none or it was deleted. */
    Optional<DatasetItem> findItem(String projectId, String id);

    /** The item as it was at a time. */
    Optional<DatasetItem> findItem(String projectId, String id, Instant at);

    /**
     * Stores the next version of an item, valid from {@code updatedAt} or, where the version before is not older, one
     * millisecond after that.
     *
     * @param seen the dataset with the schemas that the item was held against
     * @param replaces {@code updatedAt} of the version that this one follows; null when there is none
     * @throws IllegalArgumentException when the id belongs to another dataset of the project
     */
    Optional<DatasetItem> saveItem(DatasetItem item, Dataset seen, @Nullable Instant replaces);

    /** Ends an item; its past stays. False when there is none. */
    boolean deleteItem(String projectId, String id, Instant at);

    /** Items that match, newest first, then by id. */
    List<DatasetItem> items(ItemQuery query, Slice slice);

    long countItems(ItemQuery query);

    /**
     * Which items are meant; what is null does not matter.
     *
     * @param at as they were then; null for now
     * @param activeOnly whether archived ones are left out
     */
    record ItemQuery(
            String projectId,
            @Nullable String datasetId,
            @Nullable String sourceTraceId,
            @Nullable String sourceObservationId,
            @Nullable Instant at,
            boolean activeOnly) {}
}
