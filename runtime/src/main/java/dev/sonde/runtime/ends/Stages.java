package dev.sonde.runtime.ends;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A stage ends its call when it completes. The caller gets the stage itself, so that cancelling it still works. */
final class Stages implements Ending {

    static final Ending ENDING = new Stages();

    private Stages() {}

    @Override
    public Object follow(Object result, ObservedCall call) {
        ((CompletionStage<?>) result).whenComplete((value, failure) -> completed(call, value, failure));
        if (!(result instanceof CompletableFuture<?> future && future.isDone())) {
            Abandonment.watch(result, () -> call.stopped(ObservedCall.ABANDONED, null));
        }
        return result;
    }

    private static void completed(ObservedCall call, @Nullable Object value, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            call.stopped(ObservedCall.CANCELLED, null);
        } else if (cause != null) {
            call.failed(cause, null);
        } else {
            call.returned(value);
        }
    }
}
