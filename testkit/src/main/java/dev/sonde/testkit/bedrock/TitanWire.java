package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Amazon Titan's text models. They call no tools. */
final class TitanWire implements VendorWire {
    @Override
    public ObjectNode whole(Reply reply) {
        ObjectNode root =
                JSON.objectNode().put("inputTextTokenCount", reply.usage().prompt());
        root.putArray("results")
                .addObject()
                .put("tokenCount", reply.usage().completion())
                .put("outputText", reply.text())
                .put("completionReason", "FINISH");
        return root;
    }

    /** A count is sent once, with the first or the last chunk. */
    @Override
    public List<ObjectNode> chunks(Reply reply) {
        List<ObjectNode> chunks = new ArrayList<>();
        int last = reply.pieces().size() - 1;
        for (int i = 0; i <= last; i++) {
            ObjectNode chunk =
                    JSON.objectNode().put("outputText", reply.pieces().get(i)).put("index", 0);
            chunk.put("totalOutputTextTokenCount", i == last ? reply.usage().completion() : null)
                    .put("completionReason", i == last ? "FINISH" : null)
                    .put("inputTextTokenCount", i == 0 ? reply.usage().prompt() : null);
            chunks.add(chunk);
        }
        return chunks;
    }
}
