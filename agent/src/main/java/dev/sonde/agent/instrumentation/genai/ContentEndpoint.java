package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.GeminiContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content: contents in, one content for each candidate out. */
class ContentEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public Asked asked(@Nullable Object[] arguments) {
        return asked(arguments, false);
    }

    @Override
    public Answered answered(Object response) {
        return GeminiContent.answered(json(response));
    }

    /** Reads model, contents and configuration. */
    static Asked asked(@Nullable Object[] arguments, boolean streaming) {
        Map<String, String> config = GeminiContent.members(json(arguments[2]));
        String input = GeminiContent.input(jsonOfEach(arguments[1]), config);
        return new Asked("generate_content", (String) arguments[0], input, GeminiContent.parameters(config, streaming));
    }

    /** What an object of the library writes of itself; null for null. */
    static @Nullable String json(@Nullable Object value) {
        return LibraryObjects.text(value, "toJson");
    }

    /** The same of each in a list; none for null. */
    static List<String> jsonOfEach(@Nullable Object values) {
        List<String> all = new ArrayList<>();
        if (values instanceof List<?> list) {
            for (Object value : list) {
                String json = json(value);
                all.add(json == null ? "null" : json);
            }
        }
        return all;
    }

    /** The same as a stream of responses. */
    static final class Streamed extends ContentEndpoint {
        @Override
        public Asked asked(@Nullable Object[] arguments) {
            return asked(arguments, true);
        }

        @Override
        public Fold fold() {
            return new GenAiChunks();
        }
    }
}
