package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.IsoTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads Langfuse's batch: each event is taken or refused alone, and the answer says which. Event types and shapes are
 * those of the OpenAPI description's {@code IngestionEvent}.
 */
final class BatchDecoder {

    private static final int CREATED = 201;
    private static final JsonMapper JSON = new JsonMapper();

    private final String projectId;
    private final boolean scoresOnly;
    private final ScoreConfigs configs;
    private final List<Fragment> fragments = new ArrayList<>();
    private final List<Fragment> scores = new ArrayList<>();
    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();

    private BatchDecoder(String projectId, boolean scoresOnly, ScoreConfigs configs) {
        this.projectId = projectId;
        this.scoresOnly = scoresOnly;
        this.configs = configs;
        answer.putArray("successes");
        answer.putArray("errors");
    }

    /** What the batch says, and the body of the answer. */
    record Decoded(Events events, ObjectNode answer) {}

    static Decoded decode(String projectId, boolean scoresOnly, byte[] body, ScoreConfigs configs) {
        JsonNode batch;
        try {
            batch = JSON.readTree(body).path("batch");
        } catch (IOException e) {
            throw new MalformedRequestException("Invalid request data: the body is no valid JSON");
        }
        if (!batch.isArray()) {
            throw new MalformedRequestException("Invalid request data: batch is no array");
        }
        BatchDecoder decoder = new BatchDecoder(projectId, scoresOnly, configs);
        batch.forEach(decoder::event);
        return new Decoded(new Events(decoder.fragments, decoder.scores, body.length), decoder.answer);
    }

    private void event(JsonNode event) {
        String id = event.path("id").asText("unknown");
        String type = event.path("type").asText("");
        if (scoresOnly && !type.equals("score-create") && !type.equals("sdk-log")) {
            refuse(id, 401, "Authentication error", "Access Scope Denied");
            return;
        }
        try {
            if (!type.equals("sdk-log")) {
                read(type, time(event.path("timestamp")), event.path("body"));
                answer.withArray("successes").addObject().put("id", id).put("status", CREATED);
            }
        } catch (UnknownScoreConfigException e) {
            refuse(id, 404, "Resource not found", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | DateTimeException e) {
            refuse(id, 400, "Invalid request data", String.valueOf(e.getMessage()));
        }
    }

    private void read(String type, Instant at, JsonNode body) {
        if (!body.isObject()) {
            throw new IllegalArgumentException("body: expected an object");
        }
        if (type.equals("score-create")) {
            scores.add(new ScoreBody(projectId, body, configs).read(at));
        } else if (type.equals("trace-create")) {
            fragments.add(EventBody.trace(projectId, idOf(body), at, body));
        } else {
            fragments.add(EventBody.observation(projectId, idOf(body), at, type, body));
        }
    }

    private void refuse(String id, int status, String message, String error) {
        answer.withArray("errors")
                .addObject()
                .put("id", id)
                .put("status", status)
                .put("message", message)
                .put("error", error);
    }

    private static String idOf(JsonNode body) {
        JsonNode id = body.path("id");
        if (id.isMissingNode() || id.isNull()) {
            return UUID.randomUUID().toString();
        }
        String text = id.asText("");
        if (!id.isTextual() || text.isEmpty() || text.length() > 800 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("body.id: expected 1 to 800 characters");
        }
        return text;
    }

    /** A time with its offset, of the years that are written with four digits. */
    static Instant time(JsonNode node) {
        return IsoTime.parse(node.asText("")).truncatedTo(ChronoUnit.MICROS);
    }
}
