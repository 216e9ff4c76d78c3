package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.linecorp.armeria.common.HttpData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One recorded exchange with the real service.
 *
 * @param path such as {@code /model/amazon.nova-micro-v1%3A0/converse}
 * @param requestBody JSON text
 * @param headers of the response
 * @param body of the response, JSON or an event stream
 */
public record BedrockRecording(
        String path, String requestBody, int status, Map<String, String> headers, HttpData body) {
    private static final YAMLMapper YAML = new YAMLMapper();

    public BedrockRecording {
        headers = Map.copyOf(headers);
    }

    /** Reads all exchanges of one file in WireMock's YAML form, in their order. */
    public static List<BedrockRecording> read(Path file) throws IOException {
        List<BedrockRecording> exchanges = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (documents.hasNext()) {
                JsonNode exchange = documents.next();
                JsonNode request = exchange.path("request");
                JsonNode response = exchange.path("response");
                Map<String, String> headers = new LinkedHashMap<>();
                response.path("headers")
                        .properties()
                        .forEach(header ->
                                headers.put(header.getKey(), header.getValue().asText()));
                exchanges.add(new BedrockRecording(
                        request.path("url").asText(),
                        request.at("/bodyPatterns/0/equalToJson").asText(),
                        response.path("status").asInt(),
                        headers,
                        body(response)));
            }
        }
        return exchanges;
    }

    /** The last part of the path, such as {@code converse}. */
    public String operation() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static HttpData body(JsonNode response) {
        return response.has("base64Body")
                ? HttpData.wrap(Base64.getMimeDecoder()
                        .decode(response.get("base64Body").asText()))
                : HttpData.ofUtf8(response.path("body").asText());
    }
}
