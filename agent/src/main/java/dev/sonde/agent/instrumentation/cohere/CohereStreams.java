package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.boot.SiteHandler;
import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Watches the library's streams while they are read. They are objects of a class, which no stand-in can take the place
 * of, but hand out iterators, which one can.
 */
final class CohereStreams {
    private static final Attached<Reading> READINGS = new Attached<>();

    private CohereStreams() {}

    /** The call ends as the stream does, and when nobody can read it any more. */
    static void watch(Object stream, ModelCall call, Endpoint.Parts parts) {
        READINGS.put(stream, new Reading(call, parts, Reaper.watch(stream, call::abandoned)));
    }

    /** A stream that is read, by one thread at a time. */
    private record Reading(ModelCall call, Endpoint.Parts parts, Cleaner.Cleanable watch) {
        void part(Object event) {
            call.part(event);
            if (parts.complete()) {
                exhausted();
            }
        }

        /** A connection that broke looks like an end, but for the last part. */
        void exhausted() {
            if (parts.complete()) {
                call.exhausted();
            } else {
                call.closed();
            }
            watch.clean();
        }

        void failed(Throwable error) {
            call.failed(error);
            watch.clean();
        }
    }

    /** Starts to read the stream. */
    static final class Opening implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return READINGS.get(self);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result instanceof Iterator<?> events ? new ObservedEvents<>(events, (Reading) scope) : result;
        }
    }

    /** Closes the stream, maybe before its end. */
    static final class Closing implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return READINGS.get(self);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            ((Reading) scope).exhausted();
            return result;
        }
    }

    /** Each event is handed on as it comes, and nothing is asked for that the application does not ask for. */
    private static final class ObservedEvents<T> implements Iterator<T> {
        private final Iterator<T> events;
        private final Reading reading;

        ObservedEvents(Iterator<T> events, Reading reading) {
            this.events = events;
            this.reading = reading;
        }

        @Override
        public boolean hasNext() {
            boolean more;
            try {
                more = events.hasNext();
            } catch (RuntimeException | Error e) {
                reading.failed(e);
                throw e;
            }
            if (!more) {
                reading.exhausted();
            }
            return more;
        }

        @Override
        public T next() {
            T event;
            try {
                event = events.next();
            } catch (NoSuchElementException e) {
                reading.exhausted();
                throw e;
            } catch (RuntimeException | Error e) {
                reading.failed(e);
                throw e;
            }
            if (event != null) {
                reading.part(event);
            }
            return event;
        }

        @Override
        public void remove() {
            events.remove();
        }
    }
}
