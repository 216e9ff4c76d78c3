package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.sonde.server.ingest.Ingest;
import dev.sonde.server.ingest.UnknownScoreConfigException;
import dev.sonde.server.inspector.Inspection;
import dev.sonde.server.inspector.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** What clients send: OpenTelemetry exports, Langfuse batches and single scores. */
final class IngestResource {

    private static final int NEWEST_VERSION = 4;
    private static final MediaType PROTOBUF = MediaType.create("application", "x-protobuf");

    private final Ingest ingest;

    IngestResource(Ingest ingest) {
        this.ingest = ingest;
    }

    HttpResponse otlp(Call call, Caller caller) {
        requireKnownVersion(call);
        String type =
                call.request().headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        boolean protobuf = type.contains("application/x-protobuf");
        if (!protobuf && !type.contains("application/json")) {
            throw HttpProblem.invalid("Invalid content type");
        }
        return HttpResponse.of(ingest.otlp(caller.project().id(), call.body(), protobuf)
                .thenApply(export -> {
                    Inspecting.outcome(call, new Inspecting.Outcome(export.spans(), 0, List.of()));
                    return protobuf
                            ? HttpResponse.of(HttpStatus.OK, PROTOBUF, HttpData.empty())
                            : Json.ok(Json.object());
                }));
    }

    /** Metrics and logs of exporters that send everything to one place: taken and not kept. */
    HttpResponse ignored(Call call, Caller caller) {
        return Json.ok(Json.object().put("message", "OK"));
    }

    HttpResponse batch(Call call, Caller caller) {
        boolean scoresOnly = caller.access() == Caller.Access.SCORES;
        return HttpResponse.of(
                ingest.batch(caller.project().id(), scoresOnly, call.body()).thenApply(answer -> {
                    Inspecting.outcome(call, outcome(answer));
                    return Json.of(HttpStatus.MULTI_STATUS, answer);
                }));
    }

    HttpResponse score(Call call, Caller caller) {
        try {
            return HttpResponse.of(ingest.score(caller.project().id(), call.json())
                    .thenApply(id -> {
                        Inspecting.outcome(call, new Inspecting.Outcome(1, 0, List.of()));
                        ObjectNode answer = Json.object().put("id", id);
                        return Json.ok(answer);
                    }));
        } catch (UnknownScoreConfigException e) {
            throw HttpProblem.notFound(String.valueOf(e.getMessage()));
        }
    }

    private static Inspecting.Outcome outcome(ObjectNode answer) {
        JsonNode errors = answer.path("errors");
        List<Rejection> rejections = StreamSupport.stream(errors.spliterator(), false)
                .limit(Inspection.MOST_REJECTIONS)
                .map(error -> Rejection.of(
                        error.path("id").asText(),
                        error.path("status").asInt(),
                        error.path("message").asText() + ": "
                                + error.path("error").asText()))
                .toList();
        return new Inspecting.Outcome(answer.path("successes").size(), errors.size(), rejections);
    }

    private static void requireKnownVersion(Call call) {
        String version = call.request().headers().get("x-langfuse-ingestion-version", "");
        if (!version.isEmpty() && (!version.matches("\\d{1,3}") || Integer.parseInt(version) > NEWEST_VERSION)) {
            throw HttpProblem.invalid("Unsupported x-langfuse-ingestion-version: \"" + version
                    + "\". Maximum supported: \"" + NEWEST_VERSION + "\".");
        }
    }
}
