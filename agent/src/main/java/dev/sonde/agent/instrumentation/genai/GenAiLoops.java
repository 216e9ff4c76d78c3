package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.boot.SiteHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The method that applications call. It may send several requests: it runs functions that the model calls and asks again,
 * and has long answers continued. Where it sends one it is the same as that; the future that it answers may be cancelled,
 * which the request's own never is.
 */
final class GenAiLoops implements SiteHandler {
    private static final ContentEndpoint CONTENT = new ContentEndpoint();

    private final boolean async;

    GenAiLoops(boolean async) {
        this.async = async;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null || !(async || mayLoop(arguments[2]))) {
            return null;
        }
        ModelCall call = ModelCall.start(
                Layer.FRAMEWORK, CONTENT.observationType(), GenAiSite.addressed(CONTENT.asked(arguments), self));
        return call == null ? null : call.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ModelCall call = (ModelCall) scope;
        call.leave();
        if (result instanceof CompletableFuture<?> future) {
            var unused = future.whenComplete((response, failure) -> over(call, response, failure));
        } else {
            over(call, result, error);
        }
        return result;
    }

    private static void over(ModelCall call, @Nullable Object response, @Nullable Throwable error) {
        if (error != null) {
            call.failed(error);
        } else if (response != null) {
            call.answered(() -> CONTENT.answered(response));
        } else {
            call.closed();
        }
    }

    private static boolean mayLoop(@Nullable Object config) {
        if (Boolean.TRUE.equals(LibraryObjects.get(config, "automaticContinuation"))) {
            return true;
        }
        if (LibraryObjects.get(config, "tools") instanceof List<?> tools) {
            for (Object tool : tools) {
                if (LibraryObjects.get(tool, "functions") instanceof List<?> functions && !functions.isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}
