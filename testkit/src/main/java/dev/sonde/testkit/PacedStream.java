package dev.sonde.testkit;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes frames one by one at a pace, breaks off where told to, and notices a client that goes away. Runs on the
 * connection's event loop; no thread waits.
 */
final class PacedStream {
    private final EventExecutor eventLoop;
    private final List<HttpData> frames;
    private final int cutAfter;
    private final Pacing pacing;
    private final Runnable onCancel;
    private final HttpResponseWriter writer = HttpResponse.streaming();

    /**
     * A stream not yet started.
     *
     * @param cutAfter frames to send before the connection is dropped; more than there are means not at all
     */
    PacedStream(EventExecutor eventLoop, List<HttpData> frames, int cutAfter, Pacing pacing, Runnable onCancel) {
        this.eventLoop = eventLoop;
        this.frames = frames;
        this.cutAfter = cutAfter;
        this.pacing = pacing;
        this.onCancel = onCancel;
    }

    HttpResponse response(ResponseHeaders headers) {
        writer.write(headers);
        later(pacing.beforeFirst().toNanos(), 0);
        return writer;
    }

    private void later(long delayNanos, int index) {
        if (delayNanos == 0) {
            writeFrom(index);
        } else {
            var unused = eventLoop.schedule(() -> writeFrom(index), delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void writeFrom(int first) {
        long between = pacing.betweenChunks().toNanos();
        for (int index = first; index < frames.size(); index++) {
            if (index == cutAfter) {
                writer.close(ClosedSessionException.get());
                return;
            }
            if (!writer.tryWrite(frames.get(index))) {
                onCancel.run();
                return;
            }
            if (between > 0 && index + 1 < frames.size()) {
                later(between, index + 1);
                return;
            }
        }
        writer.close();
    }
}
