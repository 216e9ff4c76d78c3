package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.StreamedCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.util.context.Context;

/** Between an observed source and who subscribed to it: passes every signal on and ends the call with the last. */
final class ReactorSubscriber<T> implements CoreSubscriber<T>, Subscription, Scannable {

    private final CoreSubscriber<? super T> subscriber;
    private final StreamedCall call;
    private final Context context;
    private @Nullable Subscription subscription;

    ReactorSubscriber(CoreSubscriber<? super T> subscriber, StreamedCall call) {
        this.subscriber = subscriber;
        this.call = call;
        this.context = subscriber.currentContext().put(Reactor.KEY, call.context());
        call.endWith(this);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        Object before = call.enterOutside();
        try {
            subscriber.onSubscribe(this);
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

    @Override
    public void request(long count) {
        Subscription given = subscription;
        if (given != null) {
            Object before = call.enter();
            try {
                given.request(count);
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    @Override
    public void cancel() {
        Subscription given = subscription;
        if (given != null) {
            call.cancelled();
            given.cancel();
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.PARENT ? subscription : key == Attr.ACTUAL ? subscriber : null;
    }
}
