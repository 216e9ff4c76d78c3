package dev.sonde.agent.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Teaches the JDK's executors, futures and virtual threads to carry the context, once, on the thread of the first
 * observation. Before that there is no context to carry, and a class being loaded is no place to do it: the JVM leaves
 * out transformers that are already running on the thread.
 */
public final class ContextWeaving {

    /** How long another thread's first observation waits; only a defect could make it matter. */
    private static final long MAX_WAIT_SECONDS = 5;

    /** The first Java version that can record one. */
    private static final int FIRST_WITH_AOT = 24;

    private final Instrumentation instrumentation;

    /** Held while the JDK's classes are woven, so that no second thread submits work too early. */
    private final ReentrantLock weaving = new ReentrantLock();

    private volatile boolean done;

    public ContextWeaving(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Whether the JDK's classes are woven, or could not be. */
    boolean isDone() {
        return done;
    }

    /** Weaves the JDK's classes unless that was done. */
    public void ensure() {
        if (done || weaving.isHeldByCurrentThread()) {
            return;
        }
        boolean locked = false;
        try {
            // the first try also takes it for a thread that is interrupted already
            locked = weaving.tryLock() || weaving.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            if (locked && !done) {
                weave();
                done = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                weaving.unlock();
            }
        }
    }

    @SuppressWarnings("IllegalCatch") // runs inside the application's call: without hand-over, it goes on as it was
    private void weave() {
        ClassFileTransformer transformer = new HandOverTransformer(HandOvers.BY_CLASS);
        instrumentation.addTransformer(transformer, true);
        try {
            instrumentation.retransformClasses(loaded().toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            instrumentation.removeTransformer(transformer);
            System.err.println("[sonde] observations do not follow work to other threads: " + e);
        }
    }

    private static List<Class<?>> loaded() {
        List<Class<?>> classes = new ArrayList<>();
        boolean training = trainsArchive();
        for (String name : HandOvers.BY_CLASS.keySet()) {
            Class<?> type = training && name.equals(HandOvers.THREAD) ? null : find(name);
            if (type != null) {
                classes.add(type);
            }
        }
        return classes;
    }

    /**
     * Whether this run only records what goes into an archive of classes. Java 25 crashes when it writes one in which {@code
     * Thread} was woven; the run that uses the archive weaves it.
     */
    private static boolean trainsArchive() {
        if (Runtime.version().feature() < FIRST_WITH_AOT) {
            return false;
        }
        StringBuilder options = new StringBuilder();
        ProcessHandle.current().info().arguments().ifPresent(all -> options.append(String.join(" ", all)));
        options.append(System.getenv("JAVA_TOOL_OPTIONS")).append(System.getenv("JDK_JAVA_OPTIONS"));
        return options.indexOf("-XX:AOTCacheOutput=") >= 0 || options.indexOf("-XX:AOTMode=record") >= 0;
    }

    /** Null when this JDK does not have it. */
    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
