package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/** RxJava's Single: each subscription is one observation. */
public final class SingleEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Single<?>) result, call), call);
    }

    private static final class Observed<T> extends Single<T> {
        private final Single<T> source;
        private final ObservedCall call;

        Observed(Single<T> source, ObservedCall call) {
            this.source = source;
            this.call = call;
        }

        @Override
        protected void subscribeActual(SingleObserver<? super T> observer) {
            StreamedCall begun = StreamedCall.single(call.begin(null));
            Object before = begun.enter();
            try {
                source.subscribe(new Passing<>(observer, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Passes every signal on. */
    private static final class Passing<T> implements SingleObserver<T> {
        private final SingleObserver<? super T> observer;
        private final StreamedCall call;

        Passing(SingleObserver<? super T> observer, StreamedCall call) {
            this.observer = observer;
            this.call = call;
            call.endWith(this);
        }

        @Override
        public void onSubscribe(Disposable source) {
            Object before = call.enterOutside();
            try {
                observer.onSubscribe(new RxDisposable(source, call));
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void onSuccess(T value) {
            call.item(value);
            call.completed();
            Object before = call.enterOutside();
            try {
                observer.onSuccess(value);
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void onError(Throwable error) {
            call.failed(error);
            Object before = call.enterOutside();
            try {
                observer.onError(error);
            } finally {
                StreamedCall.leave(before);
            }
        }
    }
}
