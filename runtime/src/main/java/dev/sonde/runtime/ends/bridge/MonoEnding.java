package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** Reactor's Mono: each subscription is one observation. */
public final class MonoEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Mono<?>) result, call), call);
    }

    private static final class Observed<T> extends MonoOperator<T, T> {
        private final ObservedCall call;

        Observed(Mono<T> source, ObservedCall call) {
            super(source);
            this.call = call;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> subscriber) {
            StreamedCall begun = StreamedCall.single(Reactor.begin(call, subscriber.currentContext()));
            Object before = begun.enter();
            try {
                source.subscribe(new ReactorSubscriber<>(subscriber, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }
}
