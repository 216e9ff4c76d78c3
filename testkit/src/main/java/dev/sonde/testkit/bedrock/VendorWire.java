package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** How one vendor's models write an answer when they are invoked with a body of their own. */
interface VendorWire {
    JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The body of an answer that does not stream. */
    ObjectNode whole(Reply reply);

    /** The chunks of a stream in order, without the service's metrics on the last. */
    List<ObjectNode> chunks(Reply reply);

    /** The wire of the model that the request names. */
    static VendorWire of(BedrockRequest request) {
        if (request.isOf("anthropic.")) {
            return new ClaudeWire();
        }
        if (request.isOf("amazon.titan")) {
            return new TitanWire();
        }
        if (request.isOf("meta.llama")) {
            return new LlamaWire();
        }
        if (request.isOf("mistral.")) {
            return new MistralWire();
        }
        if (request.isOf("cohere.")) {
            return new CohereWire();
        }
        return new NovaWire();
    }

    /** Arguments of a tool call as a tree. */
    static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("arguments of a tool call are no JSON: " + json, e);
        }
    }
}
