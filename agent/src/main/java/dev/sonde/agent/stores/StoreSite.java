package dev.sonde.agent.stores;

import dev.sonde.agent.calls.LibraryObjects;
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

    /** What is asked; null for what is not observed. */
    protected abstract @Nullable Request asked(Object self, @Nullable Object[] arguments);

    /** What came back, once it is complete. */
    protected abstract Answer answered(Object result);

    @Override
    public final @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (SondeRuntime.tracerIfRunning() == null || self == null || arguments == null) {
            return null;
        }
        Request request = asked(self, arguments);
        Step step = request == null ? null : request.start();
        return step == null ? null : step.enter();
    }

    @Override
    public final @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            if (LibraryObjects.get(error, "status") instanceof Integer status) {
                step.note(observation -> observation.attribute("http.response.status_code", status.longValue()));
            }
            step.failed(error);
            return result;
        }
        return step.followJson(result, resultType, value -> {
            Answer answer = answered(value);
            if (answer.rows() >= 0) {
                step.note(observation -> observation.attribute("db.response.returned_rows", answer.rows()));
            }
            return answer.json();
        });
    }
}
