package dev.sonde.agent.calls;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A future that completes with what is made of another's result; cancelling it cancels the other. */
public final class ObservedFuture extends CompletableFuture<@Nullable Object> {
    private final CompletableFuture<?> source;

    /**
     * @param call fails as the future does
     * @param result from what the other completes with to what this one does; called before anybody sees it
     */
    public ObservedFuture(
            CompletableFuture<?> source, ModelCall call, Function<@Nullable Object, @Nullable Object> result) {
        this.source = source;
        var unused = source.whenComplete((response, error) -> {
            if (error != null) {
                call.failed(error);
                completeExceptionally(error);
            } else {
                complete(result.apply(response));
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        source.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
