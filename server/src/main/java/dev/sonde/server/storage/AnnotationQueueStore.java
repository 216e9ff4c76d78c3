package dev.sonde.server.storage;

import dev.sonde.server.model.AnnotationItem;
import dev.sonde.server.model.AnnotationQueue;
import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Annotation queues, what is in them and who works on them. Every method is one transaction, durable when it returns.
 * Lists are newest first, those of the same time by id. Times are kept to the microsecond.
 */
public interface AnnotationQueueStore {

    /** Stores a new queue; false when the project has one of its name. */
    boolean create(AnnotationQueue queue);

    Optional<AnnotationQueue> find(String projectId, String id);

    List<AnnotationQueue> list(String projectId, Slice slice);

    long count(String projectId);

    /** Stores a new item of a queue that exists. */
    void addItem(AnnotationItem item);

    Optional<AnnotationItem> findItem(String projectId, String queueId, String id);

    List<AnnotationItem> items(ItemQuery query, Slice slice);

    long countItems(ItemQuery query);

    /**
     * Changes an item, with nobody changing it meanwhile.
     *
     * @param change keeps id, queue, subject and creation time
     * @return the item afterwards, or empty when there is none
     */
    Optional<AnnotationItem> updateItem(
            String projectId, String queueId, String id, UnaryOperator<AnnotationItem> change);

    /** Deletes an item; false when there is none. */
    boolean deleteItem(String projectId, String queueId, String id);

    /** Deletes all items of these things, in whichever queue they are. */
    void forget(String projectId, Collection<Subject> subjects);

    /** Lets an account work on a queue that exists; a second time changes nothing. */
    void assign(String queueId, String accountId);

    /** Ends that; false when it was not so. */
    boolean unassign(String queueId, String accountId);

    /** Who works on a queue, by account id. */
    List<String> assigned(String queueId);

    /**
     * Which items are meant.
     *
     * @param status null for any
     */
    record ItemQuery(String projectId, String queueId, AnnotationItem.@Nullable Status status) {}
}
