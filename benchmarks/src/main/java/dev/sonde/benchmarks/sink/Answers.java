package dev.sonde.benchmarks.sink;

import java.nio.charset.StandardCharsets;

/** What the sink says to each path. */
final class Answers {

    /** An agent that takes traces and nothing else; what it does not name, Datadog's tracer leaves off. */
    private static final byte[] DATADOG_INFO =
            json("{\"version\":\"7.70.0\",\"endpoints\":[\"/v0.4/traces\"],\"client_drop_p0s\":false}");

    private static final byte[] DATADOG_TRACES = json("{\"rate_by_service\":{}}");

    /** About as long as a short answer of a real model. */
    private static final byte[] CHAT =
            json("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1763900000,"
                    + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"" + "A tracer costs little when it only reads the clock twice. ".repeat(6)
                    + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":96,"
                    + "\"completion_tokens\":72,\"total_tokens\":168}}");

    private static final byte[] NOTHING = json("{}");

    private Answers() {}

    static byte[] to(String path) {
        return switch (path) {
            case "/info" -> DATADOG_INFO;
            case "/v0.4/traces" -> DATADOG_TRACES;
            case "/v1/chat/completions" -> CHAT;
            default -> path.endsWith("/v1/traces") || path.endsWith("/v1/logs") ? new byte[0] : NOTHING;
        };
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
