package dev.sonde.runtime.ends.bridge;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.Placing;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** Reactor's Mono: the place is in the subscriber's context, and current on the thread that subscribes. */
public final class MonoPlacing implements Placing {

    @Override
    public Object at(Object publisher, Context place) {
        return new Placed<>((Mono<?>) publisher, place);
    }

    private static final class Placed<T> extends MonoOperator<T, T> {
        private final Context place;

        Placed(Mono<T> source, Context place) {
            super(source.contextWrite(context -> context.put(Reactor.KEY, place)));
            this.place = place;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> subscriber) {
            Object before = ContextSlot.swap(place);
            try {
                source.subscribe(subscriber);
            } finally {
                ContextSlot.swap(before);
            }
        }
    }
}
