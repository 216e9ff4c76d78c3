package dev.sonde.boot;

import java.util.stream.Stream;

/**
 * Context for threads that application code starts itself. A thread that a pool, a timer or a library starts serves many
 * callers, and must not remember the one it happened to be started for.
 */
public final class StartedThreads {

    /** What stands between application code and {@code Thread.start}. */
    private static final String[] PASSED = {"java.lang.Thread", "dev.sonde.boot.", "kotlin.concurrent."};

    /** Whose threads are pools'. */
    private static final String[] POOLS = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "com.sun.",
        "akka.",
        "com.mongodb.",
        "com.zaxxer.",
        "io.grpc.",
        "io.lettuce.",
        "io.netty.",
        "io.vertx.",
        "kotlinx.",
        "okhttp3.",
        "okio.",
        "org.apache.",
        "org.eclipse.jetty.",
        "org.quartz.",
        "org.springframework.",
        "reactor."
    };

    private static final StackWalker STACK = StackWalker.getInstance();

    private StartedThreads() {}

    /** Called when a platform thread is started, on the starting thread. */
    public static void starting(Thread thread) {
        if (ContextSlot.get() != null && STACK.walk(StartedThreads::isApplication)) {
            Attachments.attach(thread);
        }
    }

    private static boolean isApplication(Stream<StackWalker.StackFrame> frames) {
        String starter = frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> !startsWith(name, PASSED))
                .findFirst()
                .orElse("java.");
        return !startsWith(starter, POOLS);
    }

    private static boolean startsWith(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
