package dev.sonde.agent.instrumentation.adk;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.GeminiStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a model from its {@code LlmResponse}s. Of a stream some are pieces, and one behind them has all they said;
 * pieces count until that one comes.
 */
final class Responses implements Fold {
    private final boolean streaming;
    private final List<String> whole = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private @Nullable String error;

    Responses(boolean streaming) {
        this.streaming = streaming;
    }

    @Override
    public boolean add(Object response) {
        boolean piece = Boolean.TRUE.equals(LibraryObjects.get(response, "partial"));
        String json = json(response);
        if (!piece) {
            pieces.clear();
        }
        (piece ? pieces : whole).add(json);
        String message = LibraryObjects.text(response, "errorMessage");
        error = message == null ? error : message;
        return streaming && new GeminiStream().add(json);
    }

    /** A failing tool, for one, has the stream left behind its last response. */
    @Override
    public boolean isWhole() {
        return !whole.isEmpty() && pieces.isEmpty();
    }

    @Override
    public Answered answered() {
        GeminiStream answer = new GeminiStream();
        whole.forEach(answer::add);
        pieces.forEach(answer::add);
        Answered said = answer.answered();
        return new Answered(said.id(), said.model(), said.output(), said.usage(), said.finishReasons(), error);
    }

    /** As a response of Gemini's API. */
    private static String json(Object response) {
        Map<String, String> candidate = new LinkedHashMap<>();
        put(candidate, "content", AdkJson.json(LibraryObjects.get(response, "content")));
        Object reason = LibraryObjects.get(response, "finishReason");
        if (reason != null) {
            candidate.put("finishReason", AdkJson.quoted(reason.toString()));
        }
        Map<String, String> answer = new LinkedHashMap<>();
        if (!candidate.isEmpty()) {
            answer.put("candidates", "[" + JsonText.object(candidate) + "]");
        }
        put(answer, "usageMetadata", AdkJson.json(LibraryObjects.get(response, "usageMetadata")));
        String version = LibraryObjects.text(response, "modelVersion");
        if (version != null) {
            answer.put("modelVersion", AdkJson.quoted(version));
        }
        return JsonText.object(answer);
    }

    private static void put(Map<String, String> members, String name, @Nullable String json) {
        if (json != null) {
            members.put(name, json);
        }
    }
}
