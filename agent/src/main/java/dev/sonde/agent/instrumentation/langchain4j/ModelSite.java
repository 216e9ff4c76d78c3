package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/** A call of a model that does not chat, and answers when it returns. For any thread. */
public abstract class ModelSite implements SiteHandler {
    private final String type;

    /** @param type of the observation, such as {@code EMBEDDING} */
    protected ModelSite(String type) {
        this.type = type;
    }

    /** Reads a request. */
    protected abstract Asked asked(Object self, @Nullable Object[] arguments);

    /** Reads what came back. */
    protected abstract Answered answered(Object result);

    @Override
    public final @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null
                || arguments == null
                || SondeRuntime.tracerIfRunning() == null
                || Listening.isListening(self)) {
            return null;
        }
        ModelCall call = ModelCall.start(Layer.FRAMEWORK, type, asked(self, arguments));
        return call == null ? null : call.enter();
    }

    @Override
    public final @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ModelCall call = (ModelCall) scope;
        call.leave();
        if (error != null) {
            call.failed(Models.failure(error));
        } else {
            call.answered(() -> result == null ? Answered.NOTHING : answered(result));
        }
        return result;
    }
}
