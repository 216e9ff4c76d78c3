package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.boot.SiteHandler;
import java.lang.ref.Cleaner;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Watches the library's streams of responses while they are read. They are classes, which no stand-in can take the place
 * of, so their iterators' methods are hooked. A stream may go on into another request, which is a call of its own: what
 * is read from the connection tells when the first is over.
 */
final class GenAiStreams {
    /** By the stream, and by its iterator. */
    private static final Attached<Reading> READINGS = new Attached<>();

    private GenAiStreams() {}

    /** The call ends as the stream does, and when nobody can read it any more. */
    static void watch(Object stream, ModelCall call) {
        Object iterator = LibraryObjects.get(stream, "iterator");
        if (iterator == null) {
            call.closed();
            return;
        }
        Reading reading = new Reading(call, Reaper.watch(stream, call::abandoned));
        READINGS.put(stream, reading);
        READINGS.put(iterator, reading);
    }

    /** How far a stream is read. By one thread at a time, as the stream itself. */
    private static final class Reading {
        private final ModelCall call;
        private final Cleaner.Cleanable watch;
        private int lookingForMore;
        private boolean drained;

        Reading(ModelCall call, Cleaner.Cleanable watch) {
            this.call = call;
            this.watch = watch;
        }

        void exhausted() {
            call.exhausted();
            watch.clean();
        }

        void failed(Throwable error) {
            call.failed(error);
            watch.clean();
        }

        void closed() {
            call.closed();
            watch.clean();
        }
    }

    /** A method of an iterator or stream that is watched. */
    private abstract static class Site implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return READINGS.get(self);
        }
    }

    /** Looks whether there is more: that there is not may be known here first. */
    static final class More extends Site {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Reading reading = READINGS.get(self);
            if (reading != null) {
                reading.lookingForMore++;
            }
            return reading;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Reading reading = (Reading) scope;
            reading.lookingForMore--;
            if (error != null) {
                reading.failed(error);
            } else if (Boolean.FALSE.equals(result)) {
                reading.exhausted();
            }
            return result;
        }
    }

    /** Reads from the connection; null at its end. Some versions read one response ahead, which is still to be handed out. */
    static final class Read extends Site {
        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Reading reading = (Reading) scope;
            if (error != null) {
                reading.failed(error);
            } else if (result == null && reading.lookingForMore > 0) {
                reading.exhausted();
            } else if (result == null) {
                reading.drained = true;
            }
            return result;
        }
    }

    /** Hands out a response. */
    static final class Part extends Site {
        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Reading reading = (Reading) scope;
            if (result != null) {
                reading.call.part(result);
                if (reading.drained) {
                    reading.exhausted();
                }
            } else if (error != null && !(error instanceof NoSuchElementException)) {
                reading.failed(error);
            }
            return result;
        }
    }

    /** Closes the stream, maybe before its end. */
    static final class Close extends Site {
        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            ((Reading) scope).closed();
            return result;
        }
    }
}
