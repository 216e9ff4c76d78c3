package dev.sonde.agent.calls;

import java.lang.ref.Cleaner;

/** Ends calls whose answer nobody can read any more. One daemon thread, which starts with the first watch. */
public final class Reaper {
    private static final Cleaner CLEANER = Cleaner.create(Reaper::thread);

    private Reaper() {}

    /**
     * Runs {@code abandoned}, which must not hold it, when {@code handle} is unreachable; or when the watch is cleaned,
     * which every call that ends should do: the collector would else find a reference for each.
     */
    public static Cleaner.Cleanable watch(Object handle, Runnable abandoned) {
        return CLEANER.register(handle, abandoned);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sonde-reaper");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
