package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import org.jspecify.annotations.Nullable;

/** Mutiny's Uni: each subscription is one observation. */
public final class UniEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Uni<?>) result, call), call);
    }

    private static final class Observed<T> extends AbstractUni<T> {
        private final Uni<T> source;
        private final ObservedCall call;

        Observed(Uni<T> source, ObservedCall call) {
            this.source = source;
            this.call = call;
        }

        @Override
        public void subscribe(UniSubscriber<? super T> subscriber) {
            StreamedCall begun = StreamedCall.single(call.begin(null));
            Object before = begun.enter();
            try {
                AbstractUni.subscribe(source, new Passing<T>(subscriber, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Passes every signal on. */
    private static final class Passing<T> implements UniSubscriber<T> {
        private final UniSubscriber<? super T> subscriber;
        private final StreamedCall call;

        Passing(UniSubscriber<? super T> subscriber, StreamedCall call) {
            this.subscriber = subscriber;
            this.call = call;
            call.endWith(this);
        }

        @Override
        public Context context() {
            return subscriber.context();
        }

        @Override
        public void onSubscribe(UniSubscription subscription) {
            Object before = call.enterOutside();
            try {
                subscriber.onSubscribe(new Cancelling(subscription, call));
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void onItem(@Nullable T item) {
            call.item(item);
            call.completed();
            Object before = call.enterOutside();
            try {
                subscriber.onItem(item);
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            call.failed(failure);
            Object before = call.enterOutside();
            try {
                subscriber.onFailure(failure);
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    private record Cancelling(UniSubscription subscription, StreamedCall call) implements UniSubscription {

        @Override
        public void cancel() {
            call.cancelled();
            subscription.cancel();
        }
    }
}
