package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Hosts;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.ModelCall;
import org.jspecify.annotations.Nullable;

/** A request that is under way on one thread, and what has come of its answer. For that thread only. */
final class Exchange {
    private final ModelCall call;
    private final AnswerLines lines = new AnswerLines();
    private final boolean streaming;
    private int refusedWith;
    private boolean readerFailed;

    private Exchange(ModelCall call, boolean streaming) {
        this.call = streaming ? call.streaming(lines) : call;
        this.streaming = streaming;
        Loops.asked(lines);
    }

    /** Starts to observe it; null when it is not to be observed. */
    static @Nullable Exchange start(Asked asked, @Nullable String baseUrl, boolean streaming) {
        ModelCall call = ModelCall.start(Layer.PROVIDER, "GENERATION", asked.to("ollama", Hosts.of(baseUrl)));
        return call == null ? null : new Exchange(call.enter(), streaming);
    }

    /** The next line of the answer. */
    void line(Object json) {
        if (streaming) {
            call.part(json);
        } else {
            lines.add(json);
        }
    }

    /** The server answered with this status. */
    void status(int status) {
        if (status >= 400) {
            refusedWith = status;
            Loops.refused(status);
        }
    }

    /** The application's handler threw, which is how it says that it wants no more. */
    void readerFailed() {
        readerFailed = true;
        Loops.readerFailed();
    }

    /** It is over. */
    void over(@Nullable Throwable error) {
        call.leave();
        if (readerFailed) {
            call.closed();
        } else if (error instanceof InterruptedException) {
            call.cancelled();
        } else if (error != null && refusedWith > 0) {
            call.failed(error, refusedWith);
        } else if (error != null) {
            call.failed(error);
        } else {
            succeeded();
        }
    }

    /** It failed, and the library keeps only what it has to say of it. */
    void refused(int status, String why) {
        call.leave();
        Answered partial = lines.answered();
        String message = status >= 400 ? "HTTP " + status + ": " + why : why;
        call.answered(() -> new Answered(
                partial.id(), partial.model(), partial.output(), partial.usage(), partial.finishReasons(), message));
    }

    private void succeeded() {
        if (streaming) {
            call.exhausted();
        } else {
            call.answered(lines::answered);
        }
    }
}
