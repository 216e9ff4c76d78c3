package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings: texts in; of the vectors only their number and length are recorded. */
final class EmbeddingSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null) {
            return null;
        }
        Asked asked = OllamaJson.embedding(OllamaJson.written(arguments[0]));
        Object host = LibraryObjects.field(self, "host");
        ModelCall call = ModelCall.start(
                Layer.PROVIDER, "EMBEDDING", asked.to("ollama", Hosts.of(host == null ? null : host.toString())));
        return call == null ? null : call.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ModelCall call = (ModelCall) scope;
        call.leave();
        if (error != null) {
            call.failed(error);
        } else {
            call.answered(() -> answered(result));
        }
        return result;
    }

    private static Answered answered(@Nullable Object result) {
        String output = null;
        if (LibraryObjects.get(result, "getEmbeddings") instanceof List<?> vectors && !vectors.isEmpty()) {
            output = "{\"vectors\":" + vectors.size()
                    + (vectors.get(0) instanceof List<?> vector ? ",\"dimensions\":" + vector.size() : "") + "}";
        }
        return new Answered(
                null,
                LibraryObjects.text(result, "getModel"),
                output,
                OllamaJson.usage(LibraryObjects.text(result, "getPromptEvalCount"), null),
                List.of(),
                null);
    }
}
