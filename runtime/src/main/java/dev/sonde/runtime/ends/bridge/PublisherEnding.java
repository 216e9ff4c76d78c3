package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** Any publisher of Reactive Streams: each subscription is one observation. */
public final class PublisherEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Publisher<?>) result, call), call);
    }

    private record Observed<T>(Publisher<T> source, ObservedCall call) implements Publisher<T> {

        @Override
        public void subscribe(Subscriber<? super T> subscriber) {
            if (subscriber == null) {
                source.subscribe(null); // says what it says to that
                return;
            }
            StreamedCall begun = StreamedCall.many(call.begin(null));
            Object before = begun.enter();
            try {
                source.subscribe(new PassingSubscriber<>(subscriber, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }
}
