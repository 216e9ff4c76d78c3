package dev.sonde.runtime.ends;

import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A publisher of the JDK: each subscription is one observation, from subscribing to its last signal. */
final class FlowPublishers implements Ending {

    static final Ending ENDING = new FlowPublishers();

    private FlowPublishers() {}

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new ObservedPublisher<>((Publisher<?>) result, call), call);
    }

    private record ObservedPublisher<T>(Publisher<T> items, ObservedCall call) implements Publisher<T> {

        @Override
        public void subscribe(Subscriber<? super T> subscriber) {
            if (subscriber == null) {
                items.subscribe(null); // says what it says to that
                return;
            }
            StreamedCall begun = StreamedCall.many(call.begin(null));
            Object before = begun.enter();
            try {
                items.subscribe(new ObservedSubscriber<>(subscriber, begun));
            } catch (RuntimeException | Error e) {
                begun.failed(e);
                throw e;
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Passes every signal on, outside of the observation: what the subscriber does is not part of the call. */
    private static final class ObservedSubscriber<T> implements Subscriber<T> {
        private final Subscriber<? super T> subscriber;
        private final StreamedCall call;

        ObservedSubscriber(Subscriber<? super T> subscriber, StreamedCall call) {
            this.subscriber = subscriber;
            this.call = call;
            call.endWith(this);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            outside(() -> subscriber.onSubscribe(new ObservedSubscription(subscription, call)));
        }

        @Override
        public void onNext(T item) {
            call.item(item);
            Object before = call.enterOutside();
            try {
                subscriber.onNext(item);
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void onError(Throwable error) {
            call.failed(error);
            outside(() -> subscriber.onError(error));
        }

        @Override
        public void onComplete() {
            call.completed();
            outside(subscriber::onComplete);
        }

        private void outside(Runnable signal) {
            Object before = call.enterOutside();
            try {
                signal.run();
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    private record ObservedSubscription(Subscription subscription, StreamedCall call) implements Subscription {

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
