package dev.sonde.boot;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The door between woven code and the tracer. Never throws: a failing handler is counted, and its site is switched off
 * after {@value #MAX_FAILURES} failures, so that a defect of ours costs observations and never the application.
 */
public final class Hooks {

    /** How often a site may fail before it is switched off. */
    public static final int MAX_FAILURES = 10;

    /** Kill switch: while false, woven code does nothing. */
    public static volatile boolean enabled = true;

    /** Runs on the thread that calls {@code System.exit}; null for nothing. */
    public static volatile @Nullable Runnable onExit;

    private static final SiteHandler OFF = new Off();

    /** Guards growth of {@link #sites} and {@link #failures}. */
    private static final Object LOCK = new Object();

    /**
     * Read without a barrier: a site is registered before the class that names it is defined, and class definition
     * orders the two.
     */
    private static SiteHandler[] sites = new SiteHandler[0];

    private static AtomicIntegerArray failures = new AtomicIntegerArray(0);

    private Hooks() {}

    /** Adds a place and answers its id, which the weaver writes into the woven code. */
    public static int register(SiteHandler handler) {
        synchronized (LOCK) {
            int site = sites.length;
            SiteHandler[] grown = Arrays.copyOf(sites, site + 1);
            grown[site] = handler;
            AtomicIntegerArray counts = new AtomicIntegerArray(site + 1);
            for (int i = 0; i < site; i++) {
                counts.set(i, failures.get(i));
            }
            failures = counts;
            sites = grown;
            return site;
        }
    }

    /** Gives a place another handler; calls under way may still reach the one before. */
    public static void replace(int site, SiteHandler handler) {
        synchronized (LOCK) {
            sites[site] = handler;
        }
    }

    /** Begins a call; answers the scope for {@link #exit}, or null when nothing is observed. */
    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    public static @Nullable Object enter(int site, @Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (!enabled) {
            return null;
        }
        try {
            return sites[site].enter(self, arguments);
        } catch (VirtualMachineError e) {
            return null; // the application has used up its stack or heap, which is no defect of the handler
        } catch (Throwable e) {
            failed(site, e);
            return null;
        }
    }

    /** Goes on beginning a call; answers what its own code shall see as this argument. */
    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    public static @Nullable Object argument(int site, @Nullable Object scope, @Nullable Object value) {
        if (scope == null) {
            return value;
        }
        try {
            Object replaced = sites[site].argument(scope, value);
            return replaced == null ? value : replaced;
        } catch (Throwable e) {
            failed(site, e);
            return value;
        }
    }

    /** Ends a call; answers the result the caller shall see. */
    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    public static @Nullable Object exit(
            int site, @Nullable Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (scope == null) {
            return result;
        }
        try {
            return sites[site].exit(scope, result, error);
        } catch (VirtualMachineError e) {
            return result;
        } catch (Throwable e) {
            failed(site, e);
            return result;
        }
    }

    /**
     * As {@link #exit}, for a result that is replaced.
     *
     * @param type what the caller expects; an answer of another type is a failure of the handler
     */
    public static @Nullable Object exit(
            int site, @Nullable Object scope, @Nullable Object result, @Nullable Throwable error, Class<?> type) {
        Object answer = exit(site, scope, result, error);
        if (answer == result || type.isInstance(answer)) {
            return answer;
        }
        failed(site, new ClassCastException(type.getName()));
        return result;
    }

    /**
     * Called by the JDK when the application ends the process: what the calling thread is in the middle of gets its end
     * now.
     */
    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    public static void exiting() {
        Runnable last = onExit;
        if (last != null && enabled) {
            try {
                last.run();
            } catch (Throwable e) {
                enabled = false;
            }
        }
    }

    @SuppressWarnings("IllegalCatch") // reporting a failure must not fail either
    private static void failed(int site, Throwable error) {
        try {
            if (failures.incrementAndGet(site) == MAX_FAILURES) {
                synchronized (LOCK) {
                    sites[site] = OFF;
                }
                System.err.println("[sonde] a hook was switched off after " + MAX_FAILURES + " failures: " + error);
            }
        } catch (Throwable e) {
            enabled = false;
        }
    }

    /** Does nothing. */
    private static final class Off implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }
}
