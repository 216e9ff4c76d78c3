package dev.sonde.agent.instrumentation.springai;

import dev.sonde.boot.ContextSlot;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Which of Spring AI's observations are current on a thread. Micrometer opens and closes their scopes innermost last, on
 * any number of threads, and an observation may have several scopes at once.
 */
final class Scopes {

    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

    private Scopes() {}

    /** A scope, and what was current before it. */
    private record Scope(Run run, @Nullable Object before) {}

    static void opened(Run run) {
        OPEN.get().push(new Scope(run, ContextSlot.swap(run.inside())));
    }

    static void closed(Run run) {
        Deque<Scope> open = OPEN.get();
        if (open.stream().anyMatch(scope -> scope.run() == run)) {
            Scope scope = open.pop();
            while (scope.run() != run) { // within it, and forgotten by Micrometer
                scope = open.pop();
            }
            ContextSlot.swap(scope.before());
        }
        forgetIfNone(open);
    }

    /** Micrometer has closed all of the thread's scopes without a word. */
    static void reset() {
        Deque<Scope> open = OPEN.get();
        if (!open.isEmpty()) {
            ContextSlot.swap(open.peekLast().before());
            open.clear();
        }
        forgetIfNone(open);
    }

    /** The run that is current on this thread by Micrometer's account; null for none. */
    static @Nullable Run innermost() {
        Deque<Scope> open = OPEN.get();
        Run run = open.isEmpty() ? null : open.peek().run();
        forgetIfNone(open);
        return run;
    }

    private static void forgetIfNone(Deque<Scope> open) {
        if (open.isEmpty()) {
            OPEN.remove();
        }
    }
}
