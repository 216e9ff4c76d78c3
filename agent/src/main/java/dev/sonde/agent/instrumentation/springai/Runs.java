package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Context;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All runs: where each begins, and how to find it again. For any thread. */
final class Runs {

    /** Where a context of Micrometer's holds the run. */
    private static final Object KEY = new Object() {
        @Override
        public String toString() {
            return "sonde";
        }
    };

    /** Calls of models that are not over. */
    private static final Set<ModelRun> CALLS = ConcurrentHashMap.newKeySet();

    /** The last run that began on a thread and was not current yet: its stream is made next. */
    private static final ThreadLocal<Run> BEGUN = new ThreadLocal<>();

    private Runs() {}

    static void start(Kind kind, Object context) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        if (tracer == null || of(context) != null || Wiring.is(kind, context)) {
            return;
        }
        Run.Place place = place(kind, context);
        Run run = kind.isModel()
                ? ModelRun.start(kind, place, context)
                : StepRun.start(kind, place, context, tracer.config());
        if (run == null) {
            return;
        }
        if (run instanceof ModelRun call) {
            CALLS.add(call);
            call.calls(call);
        }
        LibraryObjects.call(context, "put", KEY, run);
        BEGUN.set(run);
    }

    static void stop(Run run, Object context) {
        begunIsCurrent(run);
        forget(run);
        run.stop(context);
    }

    /** The run is over, or will never be said to be. */
    static void forget(Run run) {
        if (run instanceof ModelRun call) {
            CALLS.remove(call);
        }
    }

    /** The call of a model with this very request; null when there is none, or it is over. */
    static @Nullable ModelRun callWith(@Nullable Object request) {
        for (ModelRun call : CALLS) {
            if (call.asks(request)) {
                return call;
            }
        }
        return null;
    }

    /** The run of a context of Micrometer's; null when there is none. */
    static @Nullable Run of(@Nullable Object context) {
        return LibraryObjects.call(context, "get", KEY) instanceof Run run ? run : null;
    }

    /** The run whose stream the calling thread is about to make; null when it makes another's. Asked once. */
    static @Nullable Run begun() {
        Run run = BEGUN.get();
        if (run != null) {
            BEGUN.remove();
        }
        return run;
    }

    /** The run has no stream to come. */
    static void begunIsCurrent(Run run) {
        if (BEGUN.get() == run) {
            BEGUN.remove();
        }
    }

    /** The nearest run around an observation of Micrometer's, itself included; null for none. */
    static @Nullable Run nearest(@Nullable Object observation) {
        for (Object view = observation; view != null; ) {
            Object context = LibraryObjects.get(view, "getContextView");
            Run run = of(context);
            if (run != null) {
                return run;
            }
            view = LibraryObjects.get(context, "getParentObservation");
        }
        return null;
    }

    /**
     * Below what Micrometer says is around, unless the thread is in the middle of something within that. What is current
     * on a thread that a stream goes on is not always of that stream.
     */
    private static Run.Place place(Kind kind, Object context) {
        Run above = nearest(LibraryObjects.get(context, "getParentObservation"));
        return new Run.Place(above, within(above, kind));
    }

    /** What is current here if it is within the run, else where something of this kind goes below it. */
    static @Nullable Context within(@Nullable Run above, Kind kind) {
        Context here = Context.current();
        if (above == null) {
            return here;
        }
        Context below = above.below(kind);
        if (here == null || below == null || below.observation() == null) {
            return below;
        }
        if (!(here.observation() instanceof LiveObservation current) || current.hasEnded()) {
            return below;
        }
        boolean sameTrace =
                current.trace().id().equals(below.observation().trace().id());
        boolean later = current.startNanos() - above.startNanos() >= 0;
        boolean isModel = current.type().equals("GENERATION") && kind != Kind.CHAT;
        return sameTrace && later && !isModel ? here : below;
    }
}
