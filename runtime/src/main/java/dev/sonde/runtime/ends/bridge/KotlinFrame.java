package dev.sonde.runtime.ends.bridge;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.ends.StreamedCall;
import java.util.concurrent.CancellationException;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a coroutine's stack between an observed suspending function and its caller: dispatched like any other, it
 * ends the call and hands the outcome on. Below it the observation is current on whatever thread the coroutine is.
 */
final class KotlinFrame extends ContinuationImpl {

    private static final long serialVersionUID = 1;

    private final transient StreamedCall call;

    /** What is current for the caller. */
    private final transient @Nullable Object outside;

    KotlinFrame(Continuation<Object> caller, StreamedCall call) {
        super(caller, below(caller.getContext(), call));
        this.call = call;
        this.outside = KotlinContext.current(caller.getContext());
        call.endWith(this);
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
        ended(call, result);
        ContextSlot.swap(outside);
        ResultKt.throwOnFailure(result);
        return result;
    }

    private static void ended(StreamedCall call, Object result) {
        Throwable error = KotlinCoroutines.error(result);
        if (error == null) {
            if (result != Unit.INSTANCE) {
                call.item(result);
            }
            call.completed();
        } else {
            failed(call, error);
        }
    }

    /** Ends the call with an exception, which may be the coroutine's own way to stop. */
    static void failed(StreamedCall call, Throwable error) {
        if (error instanceof CancellationException) {
            call.cancelled();
        } else {
            call.failed(error);
        }
    }

    private static CoroutineContext below(CoroutineContext around, StreamedCall call) {
        return around.plus(new KotlinContext(call.context()));
    }
}
