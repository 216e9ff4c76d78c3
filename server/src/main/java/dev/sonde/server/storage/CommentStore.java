package dev.sonde.server.storage;

import dev.sonde.server.model.Comment;
import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps comments. Every method is one transaction, durable when it returns. Times are kept to the microsecond. */
public interface CommentStore {

    /** Stores a new comment. */
    void create(Comment comment);

    Optional<Comment> find(String projectId, String id);

    /** Comments that match, newest first, those of the same time by id. */
    List<Comment> list(Query query, Slice slice);

    long count(Query query);

    /** Deletes all comments on these things. */
    void forget(String projectId, Collection<Subject> subjects);

    /**
     * Which comments are meant; what is null does not matter.
     *
     * @param subjectId goes with a type
     */
    record Query(
            String projectId,
            Subject.@Nullable Type type,
            @Nullable String subjectId,
            @Nullable String authorUserId) {}
}
