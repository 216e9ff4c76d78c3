package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** {@code StreamingChatModel.chat}: one request, and a handler that is told of the answer part by part. */
final class StreamingChatSite implements SiteHandler {

    /**
     * A call and what was current around it.
     *
     * @param service the call of an AI service that it is a part of; null when it is of none
     */
    record Scope(
            ModelCall call,
            @Nullable Object around,
            @Nullable ServiceCall service) {}

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
        if (service != null) {
            service.opened();
        }
        call.streaming(new StreamedParts()).enter();
        return new Scope(call, around, service);
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object handler) {
        return handler == null ? null : ObservedHandler.of(handler, (Scope) scope);
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        entered.call().leave();
        if (error != null) {
            entered.call().failed(Models.failure(error));
            if (entered.service() != null) {
                entered.service().closedWith(error);
            }
        }
        return result;
    }
}
