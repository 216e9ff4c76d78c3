package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.wire.GeminiContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images: a prompt, or an image, in; images out. What is counted is images. */
final class ImageEndpoint implements Endpoint {
    private final String operation;

    ImageEndpoint(String operation) {
        this.operation = operation;
    }

    @Override
    public String observationType() {
        return "GENERATION";
    }

    /** Reads model, then prompt, images and scale as far as the call has them, and configuration. */
    @Override
    public Asked asked(@Nullable Object[] arguments) {
        Map<String, String> input = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length - 1; i++) {
            Object argument = arguments[i];
            if (argument instanceof String text) {
                String quoted = JsonText.appendQuoted(new StringBuilder(), text).toString();
                input.put(input.containsKey("image") ? "upscaleFactor" : "prompt", quoted);
            } else if (argument instanceof List<?> references) {
                List<String> images = new ArrayList<>();
                ContentEndpoint.jsonOfEach(references).forEach(json -> images.add(referenceWithDataUri(json)));
                input.put("referenceImages", "[" + String.join(",", images) + "]");
            } else if (argument != null) {
                input.put("image", imageWithDataUri(String.valueOf(ContentEndpoint.json(argument))));
            }
        }
        Map<String, String> config = GeminiContent.members(ContentEndpoint.json(arguments[arguments.length - 1]));
        String prompt = input.get("prompt");
        return new Asked(
                operation,
                (String) arguments[0],
                input.size() == 1 && prompt != null ? prompt : GeminiContent.object(input),
                GeminiContent.parameters(config, false));
    }

    @Override
    public Answered answered(Object response) {
        return answered(ContentEndpoint.json(response));
    }

    /** Reads any of the responses: each has {@code generatedImages}. */
    static Answered answered(@Nullable String responseJson) {
        List<String> images = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (String generated : JsonText.elements(JsonText.fields(responseJson).get("generatedImages"))) {
            Map<String, String> fields = JsonText.fields(generated);
            String image = fields.get("image");
            if (image != null) {
                fields.put("image", imageWithDataUri(image));
            }
            String filtered = JsonText.stringOrNull(fields.get("raiFilteredReason"));
            if (filtered != null) {
                reasons.add(filtered);
            }
            images.add(GeminiContent.object(fields));
        }
        int made = images.size() - reasons.size();
        return new Answered(
                null,
                null,
                images.isEmpty() ? null : "[" + String.join(",", images) + "]",
                made > 0 ? Map.of("output_images", (long) made) : Map.of(),
                reasons,
                null);
    }

    private static String referenceWithDataUri(String referenceJson) {
        Map<String, String> reference = JsonText.fields(referenceJson);
        String image = reference.get("referenceImage");
        if (image == null) {
            return referenceJson;
        }
        reference.put("referenceImage", imageWithDataUri(image));
        return GeminiContent.object(reference);
    }

    private static String imageWithDataUri(String imageJson) {
        Map<String, String> image = JsonText.fields(imageJson);
        String bytes = image.get("imageBytes");
        if (bytes == null) {
            return imageJson;
        }
        image.put("imageBytes", GeminiContent.dataUri(image.get("mimeType"), bytes));
        return GeminiContent.object(image);
    }
}
