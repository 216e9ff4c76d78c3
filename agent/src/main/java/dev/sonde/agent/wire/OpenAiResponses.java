package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Responses API: input items in, output items out. */
public final class OpenAiResponses {
    private OpenAiResponses() {}

    /** The input as it was given; an object with instructions, stored prompt and tools beside it when there are such. */
    public static Asked asked(@Nullable String bodyJson, boolean streaming) {
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
        return new Asked("chat", model, given, OpenAiChat.parameters(body, streaming));
    }

    /** The output is the only item, or the array of all. A failed response is an answer with an error. */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        String status = JsonText.stringOrNull(response.get("status"));
        String incomplete = JsonText.stringOrNull(
                JsonText.fields(response.get("incomplete_details")).get("reason"));
        Map<String, String> error = JsonText.fields(response.get("error"));
        String reason = incomplete == null ? status : incomplete;
        return new Answered(
                JsonText.stringOrNull(response.get("id")),
                JsonText.stringOrNull(response.get("model")),
                OpenAiChat.output(JsonText.elements(response.get("output"))),
                OpenAiUsage.buckets(response.get("usage")),
                reason == null ? List.of() : List.of(reason),
                error.isEmpty()
                        ? null
                        : JsonText.string(error.getOrDefault("code", "error")) + ": "
                                + JsonText.string(error.getOrDefault("message", "")));
    }

    /**
     * A response that did not get to its end: what it began as, and the text that came.
     *
     * @param createdJson the response as it was when it began; null when not even that came
     */
    public static Answered begun(@Nullable String createdJson, CharSequence text) {
        Answered begun = answered(createdJson);
        String output = text.isEmpty()
                ? null
                : JsonText.appendQuoted(new StringBuilder("{\"role\":\"assistant\",\"content\":"), text)
                        .append('}')
                        .toString();
        return new Answered(begun.id(), begun.model(), output, Map.of(), List.of(), null);
    }
}
