package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One hooked operation that holds texts against a guardrail. What intervened, and how, is its output. */
final class GuardrailSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || arguments == null || arguments[0] == null) {
            return null;
        }
        String name = LibraryObjects.text(arguments[0], "guardrailIdentifier");
        Step step =
                Step.startJson("GUARDRAIL", name == null ? "guardrail" : "guardrail " + name, SdkJson.of(arguments[0]));
        return step == null ? null : step.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            step.failed(error);
        } else if (result instanceof CompletableFuture<?> future) {
            var unused = future.whenComplete((response, failure) -> {
                if (failure != null) {
                    step.failed(failure);
                } else {
                    step.endedJson(SdkJson.of(response));
                }
            });
        } else {
            step.endedJson(SdkJson.of(result));
        }
        return result;
    }
}
