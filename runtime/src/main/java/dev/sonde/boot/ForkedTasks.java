package dev.sonde.boot;

import java.util.ArrayDeque;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** Context for fork-join tasks, parallel streams among them: from where a task is forked to where it is executed. */
public final class ForkedTasks {

    private static final Object EMPTY = new Object();

    /** Tasks under way on the thread that brought a context, and the contexts before them, innermost first. */
    private static final ThreadLocal<ArrayDeque<Object>> RUNNING = new ThreadLocal<>();

    private ForkedTasks() {}

    /** Called when a task is forked. */
    public static void forked(ForkJoinTask<?> task) {
        Attachments.attach(task);
    }

    /** Called with a task that is given to a pool; answers it. */
    public static <T> @Nullable ForkJoinTask<T> given(@Nullable ForkJoinTask<T> task) {
        Attachments.attach(task);
        return task;
    }

    /** Called before a task is executed. */
    public static void begin(ForkJoinTask<?> task) {
        enter(task);
    }

    /** Called when a task was executed; it throws nothing. */
    public static void end(ForkJoinTask<?> task) {
        leave(task);
    }

    /** Makes the context noted for a task current, until {@link #leave} on the same thread. */
    static void enter(Object task) {
        Object context = Attachments.take(task);
        if (context == null) {
            return;
        }
        ArrayDeque<Object> running = RUNNING.get();
        if (running == null) {
            running = new ArrayDeque<>();
            RUNNING.set(running);
        }
        Object before = ContextSlot.swap(context);
        running.push(before == null ? EMPTY : before);
        running.push(task);
    }

    /** Makes current again what was so before {@link #enter}; does nothing for a task that brought no context. */
    static void leave(Object task) {
        ArrayDeque<Object> running = RUNNING.get();
        if (running != null && running.peek() == task) {
            running.pop();
            Object before = running.pop();
            ContextSlot.swap(before == EMPTY ? null : before);
        }
    }
}
