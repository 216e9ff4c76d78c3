package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.annotation.Subjects;
import dev.sonde.server.model.Comment;
import dev.sonde.server.model.Subject;
import dev.sonde.server.storage.CommentStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** {@code /api/public/comments} and {@code /comments/{commentId}}. */
final class CommentsResource {

    private static final List<String> FIELDS =
            List.of("projectId", "objectType", "objectId", "content", "authorUserId");
    private static final List<Subject.Type> TYPES = List.of(Subject.Type.values());
    private static final int LONGEST = 5_000;
    private static final int LONGEST_ID = 1_000;

    private final CommentStore store;
    private final Subjects subjects;
    private final Clock clock;

    CommentsResource(CommentStore store, Subjects subjects, Clock clock) {
        this.store = store;
        this.subjects = subjects;
        this.clock = clock;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        String type = call.query("objectType");
        String id = call.query("objectId");
        if (id != null && type == null) {
            throw HttpProblem.invalid("objectType: is needed with objectId");
        }
        CommentStore.Query query = new CommentStore.Query(
                caller.project().id(),
                type == null ? null : Body.one("objectType", type, TYPES),
                id,
                call.query("authorUserId"));
        return page.answer(
                TraceJson.array(store.list(query, page.slice()), CommentsResource::json), store.count(query));
    }

    JsonNode get(Call call, Caller caller) {
        String id = call.path("commentId");
        return json(store.find(caller.project().id(), id)
                .orElseThrow(() -> HttpProblem.notFound("Comment " + id + " not found within authorized project")));
    }

    /** The project is the key's; the one in the body only has to be there, as clients say it. */
    HttpResponse create(Call call, Caller caller) {
        String project = caller.project().id();
        Body body = Body.of(call).only(FIELDS);
        body.text("projectId", LONGEST_ID);
        Subject subject = new Subject(body.one("objectType", TYPES), body.text("objectId", LONGEST_ID));
        String content = body.text("content", LONGEST);
        String author = body.textOrNull("authorUserId", LONGEST_ID);
        if (author != null && !subjects.isMember(project, author)) {
            throw HttpProblem.invalid("authorUserId: is no member of the project");
        }
        if (!subjects.exists(project, subject)) {
            throw HttpProblem.notFound("There is no " + subject.type().name().toLowerCase(Locale.ROOT) + " "
                    + subject.id() + " within authorized project");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Comment comment = new Comment(UUID.randomUUID().toString(), project, subject, content, author, now, now);
        store.create(comment);
        return Json.ok(Json.object().put("id", comment.id()));
    }

    private static ObjectNode json(Comment comment) {
        return Json.object()
                .put("id", comment.id())
                .put("projectId", comment.projectId())
                .put("objectType", comment.subject().type().name())
                .put("objectId", comment.subject().id())
                .put("content", comment.content())
                .put("authorUserId", comment.authorUserId())
                .put("createdAt", Json.time(comment.createdAt()))
                .put("updatedAt", Json.time(comment.updatedAt()));
    }
}
