package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images that a model draws: what is asked for, and where they are, or they themselves. */
final class Images {

    private Images() {}

    static @Nullable String input(Object request) {
        if (!(LibraryObjects.get(request, "getInstructions") instanceof List<?> messages)) {
            return null;
        }
        StringBuilder json = new StringBuilder("[");
        for (Object message : messages) {
            json.append(json.length() == 1 ? "" : ",").append("{\"role\":\"user\",\"content\":");
            JsonText.appendQuoted(json, String.valueOf(LibraryObjects.text(message, "getText")))
                    .append('}');
        }
        return json.append(']').toString();
    }

    static Answered answered(@Nullable Object response) {
        String output = null;
        if (LibraryObjects.get(response, "getResults") instanceof List<?> images && !images.isEmpty()) {
            StringBuilder json = new StringBuilder("[");
            for (Object image : images) {
                json.append(json.length() == 1 ? "" : ",").append("{\"type\":\"image_url\",\"image_url\":{\"url\":");
                JsonText.appendQuoted(json, url(LibraryObjects.get(image, "getOutput")))
                        .append("}}");
            }
            output = json.append(']').toString();
        }
        return new Answered(null, null, output, Map.of(), List.of(), null);
    }

    private static String url(@Nullable Object image) {
        String url = LibraryObjects.text(image, "getUrl");
        String bytes = LibraryObjects.text(image, "getB64Json");
        return url != null ? url : bytes == null ? "" : "data:image/png;base64," + bytes;
    }
}
