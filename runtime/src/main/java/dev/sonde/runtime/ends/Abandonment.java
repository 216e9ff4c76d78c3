package dev.sonde.runtime.ends;

import java.lang.ref.Cleaner;

/** Tells when the application has let go of something. Its one daemon thread begins with the first that is watched. */
public final class Abandonment {

    private static final Cleaner CLEANER = Cleaner.create(Abandonment::thread);

    private Abandonment() {}

    /** @param then runs some time after {@code held} is gone; must not refer to it */
    static void watch(Object held, Runnable then) {
        CLEANER.register(held, then);
    }

    /** Answers {@code held}, which begins the call anew for each subscriber, and is watched if nobody ever may be one. */
    public static <T> T ofCold(T held, ObservedCall call) {
        if (call.hasObservationsBelow()) {
            CLEANER.register(held, new NeverBegun(call));
        }
        return held;
    }

    /** What to do about a publisher without subscribers. */
    private record NeverBegun(ObservedCall call) implements Runnable {
        @Override
        public void run() {
            call.neverBegun();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "sonde-abandoned", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
