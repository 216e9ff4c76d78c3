package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** A request that the calling thread waits for. */
final class SentSite implements SiteHandler {
    private record Scope(DashScopeCall asked, ModelCall call) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        DashScopeCall asked = arguments == null ? null : DashScopeCall.of(arguments[0], false);
        ModelCall call = asked == null ? null : asked.start(false);
        return asked == null || call == null ? null : new Scope(asked, call.enter());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope sent = (Scope) scope;
        sent.call().leave();
        if (error != null) {
            sent.call().failed(error);
        } else if (result == null) {
            sent.call().closed();
        } else {
            sent.call().answered(() -> sent.asked().answered(result));
        }
        return result;
    }
}
