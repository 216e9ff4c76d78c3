package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.ContextSupport;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.util.concurrent.Flow;

/** Mutiny's Multi: each subscription is one observation. Of Mutiny 2 on, whose Multi is a publisher of the JDK. */
public final class MultiEnding implements Ending {

    /** @throws IncompatibleClassChangeError for older versions of Mutiny */
    public MultiEnding() {
        if (!Flow.Publisher.class.isAssignableFrom(Multi.class)) {
            throw new IncompatibleClassChangeError("Multi is no Flow.Publisher");
        }
    }

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Multi<?>) result, call), call);
    }

    private static final class Observed<T> extends AbstractMulti<T> {
        private final Multi<T> source;
        private final ObservedCall call;

        Observed(Multi<T> source, ObservedCall call) {
            this.source = source;
            this.call = call;
        }

        @Override
        public void subscribe(MultiSubscriber<? super T> subscriber) {
            StreamedCall begun = StreamedCall.many(call.begin(null));
            Object before = begun.enter();
            try {
                source.subscribe(new Passing<T>(subscriber, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Passes every signal on. */
    private static final class Passing<T> implements MultiSubscriber<T>, ContextSupport {
        private final MultiSubscriber<? super T> subscriber;
        private final StreamedCall call;

        Passing(MultiSubscriber<? super T> subscriber, StreamedCall call) {
            this.subscriber = subscriber;
            this.call = call;
            call.endWith(this);
        }

        @Override
        public Context context() {
            return subscriber instanceof ContextSupport support ? support.context() : Context.empty();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            Object before = call.enterOutside();
            try {
                subscriber.onSubscribe(new Subscribed(subscription, call));
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void onItem(T item) {
            call.item(item);
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

        @Override
        public void onCompletion() {
            call.completed();
            Object before = call.enterOutside();
            try {
                subscriber.onCompletion();
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    private record Subscribed(Flow.Subscription subscription, StreamedCall call) implements Flow.Subscription {

        @Override
        public void request(long count) {
            Object before = call.enter();
            try {
                subscription.request(count);
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void cancel() {
            call.cancelled();
            subscription.cancel();
        }
    }
}
