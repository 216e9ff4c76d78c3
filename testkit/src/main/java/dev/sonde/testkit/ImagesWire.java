package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Renders images, all of them the same one of one pixel, as the images API answers or streams them. */
final class ImagesWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
    private static final int TOKENS_OF_DRAWN = 272; // of a small square image of low quality
    private static final int TOKENS_OF_SHOWN = 323;

    private final JsonNode body;
    private final Tokens tokens;
    private final long createdSeconds;
    private final String event;

    /** @param path says whether images are generated, edited or varied */
    ImagesWire(JsonNode body, Tokens tokens, long createdSeconds, String path) {
        this.body = body;
        this.tokens = tokens;
        this.createdSeconds = createdSeconds;
        this.event = path.endsWith("/edits") ? "image_edit." : "image_generation.";
    }

    /** The old models answer addresses unless asked otherwise, and count no tokens. */
    @Override
    public ObjectNode whole(Answer.Scripted message) {
        boolean old = body.path("model").asText("dall-e-2").startsWith("dall-e");
        boolean address = old && body.path("response_format").asText("url").equals("url");
        ObjectNode root = JSON.objectNode().put("created", createdSeconds);
        ArrayNode data = root.putArray("data");
        for (int i = 0; i < body.path("n").asInt(1); i++) {
            if (address) {
                data.addObject().put("url", "https://images.example/" + createdSeconds + "/" + i + ".png");
            } else {
                data.addObject().put("b64_json", PIXEL);
            }
        }
        if (!old) {
            describe(root).set("usage", usage(data.size()));
        }
        return root;
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<ObjectNode> all = new ArrayList<>();
        for (int i = 0; i < body.path("partial_images").asInt(0); i++) {
            all.add(event("partial_image").put("partial_image_index", i));
        }
        ObjectNode last = event("completed");
        last.set("usage", usage(1));
        all.add(last);
        return all.stream()
                .map(each -> "event: " + each.path("type").asText() + "\ndata: " + each + "\n\n")
                .toList();
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "event: error\ndata: " + OpenAiProvider.error(failure) + "\n\n";
    }

    private ObjectNode event(String kind) {
        ObjectNode root = JSON.objectNode().put("type", event + kind).put("b64_json", PIXEL);
        return describe(root.put("created_at", createdSeconds));
    }

    private ObjectNode describe(ObjectNode root) {
        return root.put("background", body.path("background").asText("opaque"))
                .put("output_format", body.path("output_format").asText("png"))
                .put("quality", body.path("quality").asText("low"))
                .put("size", body.path("size").asText("1024x1024"));
    }

    private ObjectNode usage(int images) {
        int text = tokens.count(body.path("model").asText(), body.path("prompt").asText());
        JsonNode shown = body.path("image");
        int image = TOKENS_OF_SHOWN * (shown.isMissingNode() ? 0 : Math.max(1, shown.isArray() ? shown.size() : 1));
        int output = TOKENS_OF_DRAWN * images;
        ObjectNode usage = JSON.objectNode().put("input_tokens", text + image).put("output_tokens", output);
        usage.put("total_tokens", text + image + output);
        usage.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", image);
        return usage;
    }
}
