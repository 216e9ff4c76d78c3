package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.StreamedCall;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Passes every signal of Reactive Streams on and ends the call with the last. */
final class PassingSubscriber<T> implements Subscriber<T> {

    private final Subscriber<? super T> subscriber;
    private final StreamedCall call;

    PassingSubscriber(Subscriber<? super T> subscriber, StreamedCall call) {
        this.subscriber = subscriber;
        this.call = call;
        call.endWith(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        Object before = call.enterOutside();
        try {
            subscriber.onSubscribe(new Passing(subscription, call));
        } finally {
            StreamedCall.leave(before);
        }
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
        Object before = call.enterOutside();
        try {
            subscriber.onError(error);
        } finally {
            StreamedCall.leave(before);
        }
    }

    @Override
    public void onComplete() {
        call.completed();
        Object before = call.enterOutside();
        try {
            subscriber.onComplete();
        } finally {
            StreamedCall.leave(before);
        }
    }

    private record Passing(Subscription subscription, StreamedCall call) implements Subscription {

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
