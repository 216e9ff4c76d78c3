package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** Reactor's Flux: each subscription is one observation. */
public final class FluxEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Flux<?>) result, call), call);
    }

    private static final class Observed<T> extends FluxOperator<T, T> {
        private final ObservedCall call;

        Observed(Flux<T> source, ObservedCall call) {
            super(source);
            this.call = call;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> subscriber) {
            StreamedCall begun = StreamedCall.many(Reactor.begin(call, subscriber.currentContext()));
            Object before = begun.enter();
            try {
                source.subscribe(new ReactorSubscriber<>(subscriber, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }
}
