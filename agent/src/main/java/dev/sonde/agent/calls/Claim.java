package dev.sonde.agent.calls;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One logical call that is under way, and the calls of other libraries that are made for it. Where one of those succeeds
 * it is the same call, and its observation takes over what the other knows better: the exact wire. A tool or a retriever
 * takes over only what it does not say itself. Where several succeed, as behind a router, it is the parent of each, and
 * use is counted with them. Failed ones are attempts. Calls that are of another type are none of this and stay what they
 * are. Thread-safe.
 */
final class Claim {
    /** What two libraries record of one call; chains and agents nest. */
    private static final Set<String> MERGING = Set.of("GENERATION", "EMBEDDING", "GUARDRAIL", "RETRIEVER", "TOOL");

    /** Of these, such as are the same only under the same name. */
    private static final Set<String> NAMED = Set.of("GUARDRAIL", "TOOL");

    /** What a call of several models becomes. */
    private static final String PARENT = "CHAIN";

    private static final String USAGE_DETAILS = "langfuse.observation.usage_details";

    /** Runs a second later, on a thread that the JDK has for that. */
    private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);

    private final LiveObservation observation;
    private final @Nullable Claim around;
    private final Object lock = new Object();
    // Guarded by lock.
    private boolean patient;
    private final List<Ended> ended = new ArrayList<>();
    private int underWay;
    private boolean closed;
    private boolean settled;
    private boolean succeeded;
    private long endNanos;

    /** A call of another library that is over. */
    private record Ended(LiveObservation recording, long nanos, boolean succeeded) {}

    private Claim(LiveObservation observation, @Nullable Claim around) {
        this.observation = observation;
        this.around = around;
    }

    /** The open claim here that a call of this type, and for tools and guardrails of this name, belongs to; null when there is none. */
    static @Nullable Claim here(String type, String name) {
        Context context = Context.current();
        Object claim = context == null ? null : context.claim();
        return claim instanceof Claim open && open.takes(type, name) ? open : null;
    }

    /** A claim of a call that nothing around has claimed. */
    static Claim of(LiveObservation observation) {
        Claim claim = new Claim(observation, null);
        observation.claim(claim);
        return claim;
    }

    /** A claim within this one; null when this one is over meanwhile. */
    @Nullable
    Claim within(String type, String name) {
        synchronized (lock) {
            if (closed) {
                return null;
            }
            underWay++;
        }
        LiveObservation recording = observation.within(type, name);
        Claim inner = new Claim(recording, this);
        recording.claim(inner);
        return inner;
    }

    LiveObservation observation() {
        return observation;
    }

    /** Whether no other library takes part in the call so far. */
    boolean isAlone() {
        synchronized (lock) {
            return around == null && underWay == 0 && ended.isEmpty();
        }
    }

    boolean isInner() {
        return around != null;
    }

    private boolean takes(String type, String name) {
        synchronized (lock) {
            return !closed
                    && observation.type().equals(type)
                    && MERGING.contains(type)
                    && (!NAMED.contains(type) || observation.name().equals(name))
                    && ranks(name) == ranks(observation.name());
        }
    }

    /** Whether a retriever of this name orders what another one has found, as a step of its own. */
    private static boolean ranks(String name) {
        return name.equals("rerank") || name.startsWith("rerank ");
    }

    /** The call is over. Its observation ends when those under way are over too, unless it knows all it needs. */
    void close(boolean withSuccess) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            succeeded = withSuccess;
            endNanos = System.nanoTime();
            if (underWay > 0) {
                observation.say(); // what it knows decides whether it waits
            }
            boolean knows = !patient && observation.attribute(USAGE_DETAILS) != null;
            if (underWay == 0 || knows || !counted()) {
                settle();
            } else if (patient) {
                SOON.execute(this::settleAnyway);
            }
        }
    }

    /**
     * Those under way when it closes are waited for, whatever it knows itself, but no longer than a moment: they may never
     * end, as a stream that nobody reads on.
     */
    void waitAMoment() {
        synchronized (lock) {
            patient = true;
        }
    }

    private void settleAnyway() {
        synchronized (lock) {
            settle();
        }
    }

    /** The call was never made: its observation is not recorded. */
    void discard() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            settled = true;
        }
        if (around != null) {
            around.gone();
        }
    }

    private void gone() {
        synchronized (lock) {
            underWay--;
            if (closed && underWay == 0) {
                settle();
            }
        }
    }

    private void ended(Ended inner) {
        synchronized (lock) {
            ended.add(inner);
        }
        gone();
    }

    /** Whether use is counted for this kind of call. */
    private boolean counted() {
        return observation.type().equals("GENERATION") || observation.type().equals("EMBEDDING");
    }

    /** With the lock held; takes those around, never one within. */
    private void settle() {
        if (settled) {
            return;
        }
        settled = true;
        List<Ended> successes = ended.stream().filter(Ended::succeeded).toList();
        if (successes.size() > 1) {
            if (counted()) {
                observation.becomeParent(PARENT);
            }
            successes.forEach(inner -> inner.recording().endBelow(inner.nanos()));
        } else if (!successes.isEmpty()) {
            LiveObservation same = successes.get(0).recording();
            if (counted()) {
                observation.absorb(same);
            } else {
                observation.supplement(same);
            }
            if (same.name().startsWith(observation.name() + " ")) {
                observation.name(same.name()); // the same operation, of a model that only the inner one knows
            }
            if (same.type().equals(PARENT)) {
                observation.becomeParent(PARENT);
            }
        }
        if (ended.size() > successes.size() && (ended.size() > 1 || !observation.failed())) {
            observation.metadata("attempts", attempts());
        }
        if (around == null) {
            observation.endAt(endNanos);
        } else {
            around.ended(new Ended(observation, endNanos, succeeded));
        }
    }

    /** What became of each call in order. */
    private List<String> attempts() {
        List<String> attempts = new ArrayList<>();
        for (Ended inner : ended) {
            inner.recording().say();
            Object message = inner.recording().attribute("langfuse.observation.status_message");
            attempts.add(inner.recording().name() + ": "
                    + (inner.succeeded() ? "succeeded" : message == null ? "failed" : message));
        }
        return attempts;
    }
}
