package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.annotation.Subjects;
import dev.sonde.server.model.AnnotationItem;
import dev.sonde.server.model.AnnotationQueue;
import dev.sonde.server.model.Subject;
import dev.sonde.server.storage.AnnotationQueueStore;
import dev.sonde.server.storage.AnnotationQueueStore.ItemQuery;
import dev.sonde.server.storage.ScoreConfigStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** {@code /api/public/annotation-queues}, what is in them, and who works on them. */
final class AnnotationQueuesResource {

    private static final List<Subject.Type> TYPES =
            List.of(Subject.Type.TRACE, Subject.Type.OBSERVATION, Subject.Type.SESSION);
    private static final List<AnnotationItem.Status> STATUSES = List.of(AnnotationItem.Status.values());
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_ID = 1_000;
    private static final int MOST_CONFIGS = 100;

    private final AnnotationQueueStore store;
    private final ScoreConfigStore configs;
    private final Subjects subjects;
    private final Clock clock;

    AnnotationQueuesResource(AnnotationQueueStore store, ScoreConfigStore configs, Subjects subjects, Clock clock) {
        this.store = store;
        this.configs = configs;
        this.subjects = subjects;
        this.clock = clock;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        String project = caller.project().id();
        return page.answer(
                TraceJson.array(store.list(project, page.slice()), AnnotationQueuesResource::json),
                store.count(project));
    }

    JsonNode get(Call call, Caller caller) {
        return json(queue(call, caller));
    }

    HttpResponse create(Call call, Caller caller) {
        Body body = Body.of(call);
        String project = caller.project().id();
        String name = body.text("name", LONGEST_NAME).strip();
        if (!body.has("scoreConfigIds")) {
            throw HttpProblem.invalid("scoreConfigIds: expected a list of texts");
        }
        List<String> scores = body.texts("scoreConfigIds", MOST_CONFIGS, LONGEST_ID);
        if (new HashSet<>(scores).size() < scores.size()) {
            throw HttpProblem.invalid("scoreConfigIds: names one twice");
        }
        for (int i = 0; i < scores.size(); i++) {
            if (configs.find(project, scores.get(i)).isEmpty()) {
                throw HttpProblem.invalid("scoreConfigIds[" + i + "]: there is no score config " + scores.get(i));
            }
        }
        Instant now = now();
        AnnotationQueue queue = new AnnotationQueue(
                UUID.randomUUID().toString(),
                project,
                name,
                body.textOrNull("description", LONGEST_DESCRIPTION),
                scores,
                now,
                now);
        if (!store.create(queue)) {
            throw HttpProblem.invalid("name: there is a queue " + name + " already");
        }
        return Json.ok(json(queue));
    }

    JsonNode items(Call call, Caller caller) {
        Page page = Page.of(call);
        String status = call.query("status");
        ItemQuery query = new ItemQuery(
                caller.project().id(),
                queue(call, caller).id(),
                status == null ? null : Body.one("status", status, STATUSES));
        return page.answer(
                TraceJson.array(store.items(query, page.slice()), AnnotationQueuesResource::json),
                store.countItems(query));
    }

    JsonNode item(Call call, Caller caller) {
        String id = call.path("itemId");
        return json(store.findItem(caller.project().id(), queue(call, caller).id(), id)
                .orElseThrow(() -> noItem(id)));
    }

    /** What is added need not have arrived yet. */
    HttpResponse addItem(Call call, Caller caller) {
        AnnotationQueue queue = queue(call, caller);
        Body body = Body.of(call);
        Subject subject = new Subject(body.one("objectType", TYPES), body.text("objectId", LONGEST_ID));
        Instant now = now();
        AnnotationItem pending = new AnnotationItem(
                UUID.randomUUID().toString(), queue.projectId(), queue.id(), subject, null, now, now);
        AnnotationItem item = body.findOne("status", STATUSES)
                .map(status -> pending.with(status, now))
                .orElse(pending);
        store.addItem(item);
        return Json.ok(json(item));
    }

    HttpResponse changeItem(Call call, Caller caller) {
        AnnotationQueue queue = queue(call, caller);
        String id = call.path("itemId");
        Body body = Body.of(call);
        return Json.ok(json(store.updateItem(
                        queue.projectId(),
                        queue.id(),
                        id,
                        before -> body.findOne("status", STATUSES)
                                .map(status -> before.with(status, now()))
                                .orElse(before))
                .orElseThrow(() -> noItem(id))));
    }

    HttpResponse deleteItem(Call call, Caller caller) {
        AnnotationQueue queue = queue(call, caller);
        String id = call.path("itemId");
        if (!store.deleteItem(queue.projectId(), queue.id(), id)) {
            throw noItem(id);
        }
        return Json.ok(Json.object().put("success", true).put("message", "Annotation queue item deleted successfully"));
    }

    HttpResponse assign(Call call, Caller caller) {
        AnnotationQueue queue = queue(call, caller);
        String user = Body.of(call).text("userId", LONGEST_ID);
        if (!subjects.isMember(queue.projectId(), user)) {
            throw HttpProblem.notFound("User " + user + " not found within authorized project");
        }
        store.assign(queue.id(), user);
        return Json.ok(
                Json.object().put("userId", user).put("queueId", queue.id()).put("projectId", queue.projectId()));
    }

    /** Also of somebody who is no member any more, or never was. */
    HttpResponse unassign(Call call, Caller caller) {
        AnnotationQueue queue = queue(call, caller);
        store.unassign(queue.id(), Body.of(call).text("userId", LONGEST_ID));
        return Json.ok(Json.object().put("success", true));
    }

    private AnnotationQueue queue(Call call, Caller caller) {
        String id = call.path("queueId");
        return store.find(caller.project().id(), id)
                .orElseThrow(
                        () -> HttpProblem.notFound("Annotation queue " + id + " not found within authorized project"));
    }

    private static HttpProblem noItem(String id) {
        return HttpProblem.notFound("Annotation queue item " + id + " not found within this queue");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ObjectNode json(AnnotationQueue queue) {
        ObjectNode json =
                Json.object().put("id", queue.id()).put("name", queue.name()).put("description", queue.description());
        json.set("scoreConfigIds", Json.tree(queue.scoreConfigIds()));
        return json.put("createdAt", Json.time(queue.createdAt())).put("updatedAt", Json.time(queue.updatedAt()));
    }

    private static ObjectNode json(AnnotationItem item) {
        return Json.object()
                .put("id", item.id())
                .put("queueId", item.queueId())
                .put("objectId", item.subject().id())
                .put("objectType", item.subject().type().name())
                .put("status", item.status().name())
                .put("completedAt", Json.timeOrNull(item.completedAt()))
                .put("createdAt", Json.time(item.createdAt()))
                .put("updatedAt", Json.time(item.updatedAt()));
    }
}
