package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** {@code ChatModel.chat}: one request, one response. */
final class ChatSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object request = arguments == null ? null : arguments[0];
        if (self == null || request == null) {
            return null;
        }
        ModelCall call = ModelCall.start(Layer.FRAMEWORK, "GENERATION", Models.asked(self, request, false));
        return call == null ? null : call.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ModelCall call = (ModelCall) scope;
        call.leave();
        if (error != null) {
            call.failed(Models.failure(error));
        } else {
            Models.name(call, result);
            call.answered(() -> Models.answered(result));
        }
        return result;
    }
}
