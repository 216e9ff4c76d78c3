package dev.sonde.runtime.ends.bridge;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** Guava's future ends its call when it is done. The caller gets the future itself. */
public final class ListenableFutureEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        ListenableFuture<?> future = (ListenableFuture<?>) result;
        future.addListener(() -> done(future, call), MoreExecutors.directExecutor());
        return result;
    }

    private static void done(ListenableFuture<?> future, ObservedCall call) {
        try {
            call.returned(Futures.getDone(future));
        } catch (CancellationException e) {
            call.stopped(ObservedCall.CANCELLED, null);
        } catch (ExecutionException e) {
            call.failed(e.getCause() == null ? e : e.getCause(), null);
        }
    }
}
