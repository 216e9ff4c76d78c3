package dev.sonde.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Context for plain tasks of executors, whose queues may order, compare and give back what they hold: a task is only
 * replaced where nobody can tell, and comes out again as it went in.
 */
public final class ExecutorTasks {

    private static final String POOL_WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";

    private ExecutorTasks() {}

    /** The task to queue. Futures carry the context themselves; what has an order keeps its identity. */
    public static @Nullable Runnable carry(ThreadPoolExecutor executor, @Nullable Runnable task) {
        if (task instanceof RunnableFuture || task instanceof CompletableFuture.AsynchronousCompletionTask) {
            return task;
        }
        if (task instanceof Comparable || executor.getQueue() instanceof PriorityBlockingQueue) {
            Attachments.attach(task);
            return task;
        }
        return Carriers.wrap(task);
    }

    /** Notes the context for a timer's task; answers the task. */
    public static @Nullable TimerTask timed(@Nullable TimerTask task) {
        Attachments.attach(task);
        return task;
    }

    /** A worker is about to run this task. */
    public static @Nullable Runnable begun(@Nullable Runnable task) {
        if (task != null) {
            ForkedTasks.enter(task);
        }
        return task;
    }

    /** A worker has run this task. */
    public static @Nullable Runnable ended(@Nullable Runnable task) {
        if (task != null) {
            ForkedTasks.leave(task);
        }
        return task;
    }

    /** Runs a task with the context that was noted for it. */
    public static void run(Runnable task) {
        Object context = Attachments.take(task);
        if (context == null) {
            task.run();
            return;
        }
        Object before = ContextSlot.swap(context);
        try {
            task.run();
        } finally {
            ContextSlot.swap(before);
        }
    }

    /** What stands for {@code task} in the executor's queue: its carrier, or the task itself. */
    public static @Nullable Runnable queued(ThreadPoolExecutor executor, @Nullable Runnable task) {
        for (Runnable waiting : executor.getQueue()) {
            if (waiting != task && Carriers.original(waiting) == task) {
                return waiting;
            }
        }
        return task;
    }

    /** The task that a carrier stands for; anything else as it is. */
    public static @Nullable Runnable original(@Nullable Runnable task) {
        return Carriers.original(task);
    }

    /** {@link #original} of each. */
    public static List<Runnable> originals(List<Runnable> tasks) {
        List<Runnable> originals = new ArrayList<>(tasks.size());
        for (Runnable task : tasks) {
            originals.add(Carriers.original(task));
        }
        return originals;
    }

    /** Work that repeats belongs to no observation: it runs without a context. */
    public static @Nullable Runnable detached(@Nullable Runnable work) {
        return Carriers.detached(work);
    }

    /** Work of a new thread; a pool's worker must not keep the context of whoever made the pool grow. */
    public static @Nullable Runnable carryToThread(@Nullable Runnable work) {
        return work == null || work.getClass().getName().equals(POOL_WORKER) ? work : Carriers.wrap(work);
    }
}
