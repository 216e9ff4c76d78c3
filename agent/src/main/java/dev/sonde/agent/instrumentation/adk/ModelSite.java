package dev.sonde.agent.instrumentation.adk;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.wire.GeminiContent;
import dev.sonde.boot.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model of ADK, of whatever provider. It may send its request when it is called or when somebody subscribes, so the call
 * begins with the first and ends with the responses.
 */
final class ModelSite implements SiteHandler {
    private static final String FLOWABLE = "io.reactivex.rxjava3.core.Flowable";

    private record Scope(Object model, Object request, boolean streaming, ModelCall call) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null || arguments[0] == null) {
            return null;
        }
        boolean streaming = Boolean.TRUE.equals(arguments[1]);
        ModelCall call = start(self, arguments[0], streaming);
        return call == null ? null : new Scope(self, arguments[0], streaming, call.enter());
    }

    private static @Nullable ModelCall start(Object model, Object request, boolean streaming) {
        ModelCall call = ModelCall.startLater(Layer.FRAMEWORK, "GENERATION", () -> asked(model, request, streaming));
        return call == null ? null : call.streaming(new Responses(streaming)).clientMayEndLater();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope asked = (Scope) scope;
        asked.call().leave();
        if (error != null) {
            asked.call().failed(error);
            return result;
        }
        return asked.call()
                .follow(
                        result,
                        FLOWABLE,
                        response -> Answered.NOTHING, // it comes in parts
                        () -> start(asked.model(), asked.request(), asked.streaming()));
    }

    /** Reads an {@code LlmRequest}: its model, or else the one that the object stands for, contents and configuration. */
    static Asked asked(Object model, Object request, boolean streaming) {
        String name = LibraryObjects.text(request, "model");
        List<String> contents = new ArrayList<>();
        if (LibraryObjects.get(request, "contents") instanceof List<?> all) {
            all.forEach(content -> contents.add(String.valueOf(AdkJson.json(content))));
        }
        Map<String, String> config = GeminiContent.members(AdkJson.json(LibraryObjects.get(request, "config")));
        String input = GeminiContent.input(contents, config);
        return new Asked(
                "generate_content",
                name == null ? LibraryObjects.text(model, "model") : name,
                input,
                GeminiContent.parameters(config, streaming));
    }
}
