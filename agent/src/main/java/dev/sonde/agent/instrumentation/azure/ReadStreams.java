package dev.sonde.agent.instrumentation.azure;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.boot.SiteHandler;
import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches blocking streams while the application reads them, part by part. The library's stream is a class, which no
 * stand-in can take the place of, so that what it is read by is hooked: its iterator and its {@code java.util.stream}.
 */
final class ReadStreams {
    private static final Attached<Reading> READINGS = new Attached<>();

    private ReadStreams() {}

    /** The call ends as the stream does, and when nobody can read it any more. */
    static void watch(Object stream, ModelCall call) {
        Reading reading = new Reading(call, new AtomicBoolean());
        READINGS.put(stream, reading);
        var unused = Reaper.watch(stream, reading::dropped);
    }

    /** A stream that is read once. */
    private record Reading(ModelCall call, AtomicBoolean begun) {
        void dropped() {
            if (begun.compareAndSet(false, true)) {
                call.abandoned();
            }
        }
    }

    /** A way to read a stream; what reads it first is watched. */
    private abstract static class Site implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Reading reading = READINGS.get(self);
            return reading != null && reading.begun().compareAndSet(false, true) ? reading.call() : null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            ModelCall call = (ModelCall) scope;
            if (error != null) {
                call.failed(error);
                return result;
            }
            return result == null ? null : observed(call, result);
        }

        abstract Object observed(ModelCall call, Object result);
    }

    /** By its iterator, as loops do. */
    static final class ByIterator extends Site {
        @Override
        Object observed(ModelCall call, Object result) {
            return new ObservedIterator<>((Iterator<?>) result, call);
        }
    }

    /** By a stream of the JDK. */
    static final class ByStream extends Site {
        @Override
        Object observed(ModelCall call, Object result) {
            Stream<?> source = (Stream<?>) result;
            Iterator<?> parts = new ObservedIterator<>(source.iterator(), call);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(parts, Spliterator.ORDERED), false)
                    .onClose(() -> {
                        call.closed();
                        source.close();
                    });
        }
    }

    /** Tells of each part before the application has it, and of the end. By one thread at a time. */
    private static final class ObservedIterator<T> implements Iterator<T> {
        private final Iterator<T> parts;
        private final ModelCall call;
        private final Cleaner.Cleanable watch;

        ObservedIterator(Iterator<T> parts, ModelCall call) {
            this.parts = parts;
            this.call = call;
            this.watch = Reaper.watch(this, call::abandoned);
        }

        @Override
        public boolean hasNext() {
            boolean more;
            try {
                more = parts.hasNext();
            } catch (RuntimeException | Error e) {
                failed(e);
                throw e;
            }
            if (!more) {
                call.exhausted();
                watch.clean();
            }
            return more;
        }

        @Override
        public T next() {
            T part;
            try {
                part = parts.next();
            } catch (NoSuchElementException e) {
                call.exhausted();
                watch.clean();
                throw e;
            } catch (RuntimeException | Error e) {
                failed(e);
                throw e;
            }
            call.part(part);
            return part;
        }

        private void failed(Throwable error) {
            call.failed(error);
            watch.clean();
        }
    }
}
