package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.Reaper;
import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a tool runner, messages or streams of their events. The loop is observed from the moment it is asked for
 * its first turn until it has no further one; what it does meanwhile, and only that, happens within. Like the library's
 * own, for one thread at a time.
 */
final class ObservedTurns<T> implements Iterator<T> {
    private final Iterator<T> turns;
    private final Object runner;
    private @Nullable Loop loop;
    private Cleaner.@Nullable Cleanable watch;

    ObservedTurns(Iterator<T> turns, Object runner) {
        this.turns = turns;
        this.runner = runner;
    }

    @Override
    public boolean hasNext() {
        boolean more = within(turns::hasNext);
        if (!more && loop != null && watch != null) {
            loop.over();
            watch.clean();
        }
        return more;
    }

    @Override
    public T next() {
        T turn = within(turns::next);
        if (loop != null) {
            loop.turn(turn);
        }
        return turn;
    }

    @Override
    public void remove() {
        turns.remove();
    }

    private <R> R within(Supplier<R> advancing) {
        Loop current = loop;
        if (current == null) {
            current = Loop.start(runner);
            if (current == null) {
                return advancing.get();
            }
            loop = current;
            watch = Reaper.watch(this, current::left);
        }
        current.step.enter();
        try {
            return advancing.get();
        } catch (RuntimeException | Error e) {
            current.failed(e);
            throw e;
        } finally {
            current.step.leave();
        }
    }
}
