package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Responses API: input items in, output items out. */
final class ResponsesEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GENERATION";
    }

    /** The input as it was given; an object with instructions, stored prompt and tools beside it when there are such. */
    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String given = body.remove("input");
        String model = JsonText.stringOrNull(body.remove("model"));
        StringBuilder beside = new StringBuilder();
        for (String part : List.of("instructions", "prompt", "tools")) {
            String text = body.remove(part);
            if (text != null && !text.equals("null")) {
                beside.append(beside.isEmpty() ? "{" : ",")
                        .append('"')
                        .append(part)
                        .append("\":")
                        .append(text);
            }
        }
        if (!beside.isEmpty()) {
            given = beside.append(given == null ? "" : ",\"input\":" + given)
                    .append('}')
                    .toString();
        }
        return new Asked("chat", model, given, ChatEndpoint.parameters(body, streaming));
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        return answered(LibraryObjects.json(clientOptions, response));
    }

    @Override
    public Fold fold(@Nullable Object clientOptions) {
        return new Events(clientOptions);
    }

    /** The output is the only item, or the array of all. A failed response is an answer with an error. */
    static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        String status = JsonText.stringOrNull(response.get("status"));
        String incomplete = JsonText.stringOrNull(
                JsonText.fields(response.get("incomplete_details")).get("reason"));
        Map<String, String> error = JsonText.fields(response.get("error"));
        String reason = incomplete == null ? status : incomplete;
        return new Answered(
                JsonText.stringOrNull(response.get("id")),
                JsonText.stringOrNull(response.get("model")),
                ChatEndpoint.output(JsonText.elements(response.get("output"))),
                Usage.buckets(response.get("usage")),
                reason == null ? List.of() : List.of(reason),
                error.isEmpty()
                        ? null
                        : JsonText.string(error.getOrDefault("code", "error")) + ": "
                                + JsonText.string(error.getOrDefault("message", "")));
    }

    /** The last event of a stream carries the whole response; the text so far is kept in case it does not come. */
    private static final class Events implements Fold {
        private static final List<String> LAST = List.of("completed", "incomplete", "failed");
        private static final List<String> DELTAS =
                List.of("outputTextDelta", "functionCallArgumentsDelta", "reasoningSummaryTextDelta", "refusalDelta");

        private final @Nullable Object clientOptions;
        private final StringBuilder text = new StringBuilder();
        private @Nullable Object created;
        private @Nullable Object last;

        Events(@Nullable Object clientOptions) {
            this.clientOptions = clientOptions;
        }

        @Override
        public boolean add(Object event) {
            for (String kind : DELTAS) {
                Object delta = LibraryObjects.get(event, kind);
                if (delta != null) {
                    if (kind.equals("outputTextDelta")) {
                        text.append(LibraryObjects.text(delta, "delta"));
                    }
                    return true;
                }
            }
            if (created == null) {
                created = LibraryObjects.get(LibraryObjects.get(event, "created"), "response");
            }
            for (String kind : LAST) {
                Object ending = LibraryObjects.get(event, kind);
                last = ending == null ? last : LibraryObjects.get(ending, "response");
            }
            return false;
        }

        @Override
        public Answered answered() {
            if (last != null) {
                return ResponsesEndpoint.answered(LibraryObjects.json(clientOptions, last));
            }
            Answered begun = ResponsesEndpoint.answered(LibraryObjects.json(clientOptions, created));
            String output = text.isEmpty()
                    ? null
                    : JsonText.appendQuoted(new StringBuilder("{\"role\":\"assistant\",\"content\":"), text)
                            .append('}')
                            .toString();
            return new Answered(begun.id(), begun.model(), output, Map.of(), List.of(), null);
        }
    }
}
