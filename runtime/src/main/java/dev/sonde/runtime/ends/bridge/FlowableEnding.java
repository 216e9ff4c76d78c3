package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import org.reactivestreams.Subscriber;

/** RxJava's Flowable: each subscription is one observation. */
public final class FlowableEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Flowable<?>) result, call), call);
    }

    private static final class Observed<T> extends Flowable<T> {
        private final Flowable<T> source;
        private final ObservedCall call;

        Observed(Flowable<T> source, ObservedCall call) {
            this.source = source;
            this.call = call;
        }

        @Override
        protected void subscribeActual(Subscriber<? super T> subscriber) {
            StreamedCall begun = StreamedCall.many(call.begin(null));
            PassingSubscriber<T> passing = new PassingSubscriber<>(subscriber, begun);
            Object before = begun.enter();
            try {
                source.subscribe((FlowableSubscriber<T>) new Relaxed<>(passing));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Tells RxJava that no further check of the protocol is wanted than the subscriber makes itself. */
    private record Relaxed<T>(PassingSubscriber<T> passing) implements FlowableSubscriber<T> {

        @Override
        public void onSubscribe(org.reactivestreams.Subscription subscription) {
            passing.onSubscribe(subscription);
        }

        @Override
        public void onNext(T item) {
            passing.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            passing.onError(error);
        }

        @Override
        public void onComplete() {
            passing.onComplete();
        }
    }
}
