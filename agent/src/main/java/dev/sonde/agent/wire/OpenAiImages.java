package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images API: a prompt, images, or both in; images out. */
public final class OpenAiImages {
    /** What is part of the question, in the order in which it is recorded. */
    private static final List<String> INPUT = List.of("prompt", "image", "images", "mask", "markup");

    private OpenAiImages() {}

    /** The input is the prompt, or an object that has it and the images beside it. */
    public static Asked asked(String operation, @Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        Map<String, String> input = new LinkedHashMap<>();
        for (String part : INPUT) {
            String value = body.remove(part);
            if (value != null && !value.equals("null")) {
                input.put(part, value);
            }
        }
        String prompt = input.get("prompt");
        String asked = input.size() == 1 && prompt != null ? prompt : JsonText.object(input);
        return new Asked(operation, model, input.isEmpty() ? null : asked, OpenAiChat.parameters(body, streaming));
    }

    /** The output is the array of images, drawn ones as data URIs. Where no tokens are counted, images are. */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        List<String> images = new ArrayList<>();
        for (String image : JsonText.elements(response.get("data"))) {
            Map<String, String> fields = JsonText.fields(image);
            fields.values().removeIf("null"::equals);
            fields.computeIfPresent("b64_json", (name, base64) -> dataUri(response.get("output_format"), base64));
            images.add(JsonText.object(fields));
        }
        Map<String, Long> usage = OpenAiUsage.buckets(response.get("usage"));
        if (usage.isEmpty() && !images.isEmpty()) {
            usage = Map.of("output_images", (long) images.size());
        }
        String output = images.isEmpty() ? null : "[" + String.join(",", images) + "]";
        return new Answered(null, null, output, usage, List.of(), null);
    }

    /**
     * A drawn image as JSON text.
     *
     * @param format such as {@code webp}, as JSON text; null for PNG
     * @param base64 as JSON text
     */
    public static String dataUri(@Nullable String format, String base64) {
        String type = JsonText.stringOrNull(format);
        return "\"data:image/" + (type == null ? "png" : type) + ";base64," + JsonText.string(base64) + "\"";
    }
}
