package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.GeminiStream;
import org.jspecify.annotations.Nullable;

/** The answer of a content stream, from what the library's responses write of themselves. */
final class GenAiChunks implements Fold {
    private final GeminiStream answer = new GeminiStream();

    @Override
    public boolean add(Object response) {
        return addJson(LibraryObjects.text(response, "toJson"));
    }

    boolean addJson(@Nullable String responseJson) {
        return responseJson != null && answer.add(responseJson);
    }

    @Override
    public Answered answered() {
        return answer.answered();
    }
}
