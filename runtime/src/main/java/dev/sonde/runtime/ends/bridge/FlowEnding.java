package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import kotlinx.coroutines.flow.SharedFlow;
import org.jspecify.annotations.Nullable;

/** Kotlin's Flow: each collection is one observation. Shared flows never end and stay as they are. */
public final class FlowEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        if (result instanceof SharedFlow) {
            call.returned(null);
            return result;
        }
        return Abandonment.ofCold(new Observed<>((Flow<?>) result, call), call);
    }

    private record Observed<T>(Flow<T> source, ObservedCall call) implements Flow<T> {

        @Override
        @SuppressWarnings("IllegalCatch") // the application's own throwable passes through here, untouched
        public @Nullable Object collect(FlowCollector<? super T> collector, Continuation<? super Unit> continuation) {
            Object outside = KotlinContext.current(continuation.getContext());
            StreamedCall begun = StreamedCall.many(call.begin(outside instanceof Context context ? context : null));
            Object before = begun.enter();
            try {
                Object result = source.collect(
                        new Collecting<T>(collector, begun), KotlinCoroutines.frame(continuation, begun));
                if (result != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                    begun.completed();
                }
                return result;
            } catch (Throwable e) {
                KotlinFrame.failed(begun, e);
                throw e;
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Looks at each item in passing. */
    private record Collecting<T>(FlowCollector<? super T> collector, StreamedCall call) implements FlowCollector<T> {

        @Override
        public @Nullable Object emit(T item, Continuation<? super Unit> continuation) {
            call.item(item);
            Object before = call.enterOutside();
            try {
                return collector.emit(item, continuation);
            } finally {
                StreamedCall.leave(before);
            }
        }
    }
}
