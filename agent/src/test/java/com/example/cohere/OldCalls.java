package com.example.cohere;

import com.cohere.api.Cohere;
import com.cohere.api.core.ObjectMappers;
import com.cohere.api.resources.v2.V2Client;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.requests.V2EmbedRequest;
import com.cohere.api.resources.v2.requests.V2RerankRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;

/**
 * Calls as older versions of the library have them, whose methods return types of other names: found by name, with
 * requests and answers as JSON.
 */
final class OldCalls implements CohereApp.Calls {
    private static final String CHAT =
            "{\"model\":\"command-a-03-2025\",\"temperature\":0.5,\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]";

    private final V2Client client;

    OldCalls(String baseUrl) {
        client = Cohere.builder().url(baseUrl).token("test").build().v2();
    }

    @Override
    public String play(String scenario) throws Exception {
        return switch (scenario) {
            case "blocking" -> chat(CHAT + "}").at("/message/content/0/text").asText();
            case "tools" ->
                chat(CHAT + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"greet\",\"parameters\":{}}}]}")
                        .path("finish_reason")
                        .asText();
            case "streaming" -> streaming();
            case "embed" ->
                client.embed(read(
                                        "{\"model\":\"embed-v4.0\",\"input_type\":\"search_query\","
                                                + "\"texts\":[\"red fox\",\"blue whale\"],\"embedding_types\":[\"float\"]}",
                                        V2EmbedRequest.class))
                                .getTexts()
                                .orElseThrow()
                                .size()
                        + " texts";
            case "rerank" ->
                String.valueOf(client.rerank(read(
                                "{\"model\":\"rerank-v3.5\",\"query\":\"red fox\","
                                        + "\"documents\":[\"a blue whale\",\"the red fox\"],\"top_n\":1}",
                                V2RerankRequest.class))
                        .getResults()
                        .get(0)
                        .getIndex());
            default -> "unknown scenario";
        };
    }

    private JsonNode chat(String request) throws Exception {
        return ObjectMappers.JSON_MAPPER.valueToTree(call("chat", read(request, V2ChatRequest.class)));
    }

    private String streaming() throws Exception {
        StringBuilder text = new StringBuilder();
        for (Object event : (Iterable<?>) call("chatStream", read(CHAT + "}", V2ChatStreamRequest.class))) {
            JsonNode json = ObjectMappers.JSON_MAPPER.valueToTree(event);
            text.append(json.at("/delta/message/content/text").asText());
        }
        return text.toString();
    }

    private Object call(String method, Object request) throws Exception {
        try {
            return client.getClass().getMethod(method, request.getClass()).invoke(client, request);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static <T> T read(String json, Class<T> type) throws Exception {
        return ObjectMappers.JSON_MAPPER.readValue(json, type);
    }
}
