package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.agent.instrumentation.langchain4j.services.ServiceCall;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call of a model that answers in a stream, and the call of an AI service that it is a part of. It is over once, with
 * the first of: the answer, an error, a request to stop it, and the collector. For any thread.
 */
final class StreamedCall {
    private final ModelCall call;
    private final @Nullable Object around;
    private final @Nullable ServiceCall service;
    private final AtomicBoolean over = new AtomicBoolean();
    /** Set before anything is told; null when nobody will. */
    private volatile Cleaner.@Nullable Cleanable watch;

    /**
     * A call that has begun.
     *
     * @param around what was current around it
     * @param service null when it is of none
     */
    StreamedCall(ModelCall call, @Nullable Object around, @Nullable ServiceCall service) {
        this.call = call;
        this.around = around;
        this.service = service;
        if (service != null) {
            service.opened();
        }
    }

    ModelCall call() {
        return call;
    }

    @Nullable
    Object around() {
        return around;
    }

    /** What becomes of it is told to this object; when it is gone, nobody can know any more. */
    void toldBy(Object handler) {
        watch = Reaper.watch(handler, this::dropped);
    }

    void part(String kind, @Nullable Object value) {
        call.part(new StreamedParts.Part(kind, value));
    }

    /** The whole answer is there. Returns whether it was not over before. */
    boolean answered(@Nullable Object response) {
        return ended(() -> {
            Models.name(call, response);
            call.answered(() -> Models.answered(response));
        });
    }

    /** The stream broke. Returns whether it was not over before. */
    boolean failed(Throwable error) {
        return ended(() -> call.failed(Models.failure(error)));
    }

    /** The model refused before any part came. */
    void refused(Throwable error) {
        if (failed(error) && service != null) {
            service.closedWith(error);
        }
    }

    /** The application wants no more of it. */
    void cancelled() {
        if (ended(call::closed) && service != null) {
            service.stopped("The stream was closed before its end.");
        }
    }

    private void dropped() {
        if (ended(call::abandoned) && service != null) {
            service.stopped("The stream was dropped before its end.");
        }
    }

    /**
     * The handler has been told the end.
     *
     * @param end the response or the error
     * @param thrown what the handler threw; null when it returned
     */
    void handedOn(@Nullable Object end, @Nullable Throwable thrown) {
        if (service == null) {
            return;
        }
        if (end instanceof Throwable error) {
            service.closedWith(error);
        } else if (thrown != null) {
            service.closedWith(thrown);
        } else {
            service.closed(end);
        }
    }

    private boolean ended(Runnable ending) {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        ending.run();
        Cleaner.Cleanable watching = watch;
        if (watching != null) {
            watching.clean();
        }
        return true;
    }
}
