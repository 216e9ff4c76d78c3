package dev.sonde.runtime.ends.bridge;

import dev.sonde.runtime.ends.StreamedCall;
import io.reactivex.rxjava3.disposables.Disposable;

/** Lets whoever subscribed cancel, and says so to the call. */
record RxDisposable(Disposable source, StreamedCall call) implements Disposable {

    @Override
    public void dispose() {
        call.cancelled();
        source.dispose();
    }

    @Override
    public boolean isDisposed() {
        return source.isDisposed();
    }
}
