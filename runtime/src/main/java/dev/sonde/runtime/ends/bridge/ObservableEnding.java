package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.Abandonment;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.ObservedCall;
import dev.sonde.runtime.ends.StreamedCall;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.disposables.Disposable;

/** RxJava's Observable: each subscription is one observation. */
public final class ObservableEnding implements Ending {

    @Override
    public Object follow(Object result, ObservedCall call) {
        return Abandonment.ofCold(new Observed<>((Observable<?>) result, call), call);
    }

    private static final class Observed<T> extends Observable<T> {
        private final Observable<T> source;
        private final ObservedCall call;

        Observed(Observable<T> source, ObservedCall call) {
            this.source = source;
            this.call = call;
        }

        @Override
        protected void subscribeActual(Observer<? super T> observer) {
            StreamedCall begun = StreamedCall.many(call.begin(null));
            Object before = begun.enter();
            try {
                source.subscribe(new Passing<>(observer, begun));
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Passes every signal on. */
    private static final class Passing<T> implements Observer<T> {
        private final Observer<? super T> observer;
        private final StreamedCall call;

        Passing(Observer<? super T> observer, StreamedCall call) {
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
        public void onNext(T item) {
            call.item(item);
            Object before = call.enterOutside();
            try {
                observer.onNext(item);
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

        @Override
        public void onComplete() {
            call.completed();
            Object before = call.enterOutside();
            try {
                observer.onComplete();
            } finally {
                StreamedCall.leave(before);
            }
        }
    }
}
