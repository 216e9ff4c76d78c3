package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** {@code AiServiceTokenStream.start}: the service's method goes on, maybe on another thread. */
final class TokenStreamSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        ServiceCall call = self == null ? null : ServiceCall.waiting(self);
        if (call != null) {
            call.step().enter();
        }
        return call;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ServiceCall call = (ServiceCall) scope;
        call.step().leave();
        if (error != null) {
            call.failed(error);
        }
        return result;
    }
}
