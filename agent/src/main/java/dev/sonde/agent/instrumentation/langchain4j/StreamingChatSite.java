package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.instrumentation.langchain4j.services.ServiceCall;
import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** {@code StreamingChatModel.chat}: one request, and a handler that is told of the answer part by part. */
final class StreamingChatSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object request = arguments == null ? null : arguments[0];
        if (self == null || request == null) {
            return null;
        }
        Object around = ContextSlot.get();
        ModelCall call = ModelCall.start(Layer.FRAMEWORK, "GENERATION", Models.asked(self, request, true));
        if (call == null) {
            return null;
        }
        ServiceCall service = ServiceCall.here();
        call.streaming(new StreamedParts()).enter();
        return new StreamedCall(call, around, service);
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object handler) {
        return handler == null ? null : ObservedHandler.of(handler, (StreamedCall) scope);
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        StreamedCall stream = (StreamedCall) scope;
        stream.call().leave();
        if (error != null) {
            stream.refused(error);
        }
        return result;
    }
}
