package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Meta's Llama. It calls no tools here. */
final class LlamaWire implements VendorWire {
    @Override
    public ObjectNode whole(Reply reply) {
        return chunk(reply.text(), reply.usage().prompt(), reply.usage().completion(), "stop");
    }

    /** Each chunk counts the tokens so far. */
    @Override
    public List<ObjectNode> chunks(Reply reply) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (int i = 0; i < reply.pieces().size(); i++) {
            chunks.add(chunk(reply.pieces().get(i), i == 0 ? reply.usage().prompt() : null, i + 1, null));
        }
        chunks.add(chunk("", null, reply.usage().completion(), "stop"));
        return chunks;
    }

    private static ObjectNode chunk(String text, @Nullable Integer prompt, int generated, @Nullable String stopReason) {
        return JSON.objectNode()
                .put("generation", text)
                .put("prompt_token_count", prompt)
                .put("generation_token_count", generated)
                .put("stop_reason", stopReason);
    }
}
