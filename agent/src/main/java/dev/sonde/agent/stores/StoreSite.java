package dev.sonde.agent.stores;

import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import org.jspecify.annotations.Nullable;

/** A hooked method by which an application asks a store something, answered at once or later. For any thread. */
public abstract class StoreSite implements SiteHandler {
    private final String resultType;

    /** @param resultType name of the method's return type */
    protected StoreSite(String resultType) {
        this.resultType = resultType;
    }

    private record Scope(Step step, Request request) {}

    /** What is asked, and how its answer is read; null for what is not observed. */
    protected abstract @Nullable Request asked(Object self, @Nullable Object[] arguments);

    @Override
    public final @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null) {
            return null;
        }
        Request request = asked(self, arguments);
        if (request == null) {
            return null;
        }
        Step step = request.start();
        return step == null ? null : new Scope(step.enter(), request);
    }

    @Override
    public final @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        Step step = entered.step();
        step.leave();
        if (error != null) {
            step.failed(error);
            return result;
        }
        return step.followJson(result, resultType, value -> {
            Answer answer = entered.request().answered(value);
            if (answer.rows() >= 0) {
                step.note(observation -> observation.attribute("db.response.returned_rows", answer.rows()));
            }
            return answer.json();
        });
    }
}
