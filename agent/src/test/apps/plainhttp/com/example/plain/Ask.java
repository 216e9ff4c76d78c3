package com.example.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question as one kind of server wants it: where, with which headers, in which JSON. */
public record Ask(String url, String body, Map<String, String> headers) {
    private static final Pattern SAID = Pattern.compile("\"(?:content|text)\" ?: ?\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** The words of a wire for a question; {@code base} is where its server is. */
    static Ask of(String wire, String base, boolean streams) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]";
        switch (wire) {
            case "openai":
                headers.put("Authorization", "Bearer key");
                return new Ask(
                        base + "/chat/completions",
                        "{\"model\":\"gpt-4o-mini\"," + messages + ",\"temperature\":0.5"
                                + (streams ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}",
                        headers);
            case "openai-embeddings":
                headers.put("Authorization", "Bearer key");
                return new Ask(
                        base + "/embeddings",
                        "{\"model\":\"text-embedding-3-small\",\"input\":[\"red fox\"],\"dimensions\":8}",
                        headers);
            case "openai-responses":
                headers.put("Authorization", "Bearer key");
                return new Ask(
                        base + "/responses",
                        "{\"model\":\"gpt-4o-mini\",\"input\":\"Say hello\"" + (streams ? ",\"stream\":true" : "") + "}",
                        headers);
            case "anthropic":
                headers.put("x-api-key", "key");
                headers.put("anthropic-version", "2023-06-01");
                return new Ask(
                        base + "/v1/messages",
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":2000," + messages + (streams ? ",\"stream\":true" : "")
                                + ",\"metadata\":{\"user_id\":\"ada\"}}",
                        headers);
            case "gemini":
                headers.put("x-goog-api-key", "key");
                return new Ask(
                        base + "/v1beta/models/gemini-2.5-flash:"
                                + (streams ? "streamGenerateContent?alt=sse" : "generateContent"),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hello\"}]}],"
                                + "\"generationConfig\":{\"temperature\":0.5}}",
                        headers);
            case "ollama":
                return new Ask(
                        base + "/api/chat",
                        "{\"model\":\"llama3.2\"," + messages + ",\"stream\":" + streams
                                + ",\"options\":{\"temperature\":0.5}}",
                        headers);
            case "other":
                headers.put("Authorization", "Bearer key");
                return new Ask(base + "/responses", "{\"survey\":7,\"answers\":[1,2]}", headers);
            default:
                throw new IllegalArgumentException(wire);
        }
    }

    /** What the model says in an answer, whole or in pieces. */
    static String said(String answer) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = SAID.matcher(answer);
        while (matcher.find()) {
            pieces.add(matcher.group(1));
        }
        return String.join("", pieces);
    }
}
