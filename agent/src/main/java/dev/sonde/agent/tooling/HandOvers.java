package dev.sonde.agent.tooling;

import dev.sonde.agent.tooling.HandOver.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the JDK hands work from one thread to another, or ends the process, for 17 to 25. A method or class that a version does not have is
 * left out.
 *
 * <p>Futures carry the context inside, so that an executor sees the task it was given. Only a plain {@code Runnable} is
 * replaced in an executor's queue, and what the executor gives back is the original again. What has an order or is forked
 * stays itself, and its context is noted beside it. A thread carries the context only where application code starts it.
 */
final class HandOvers {

    private static final String CARRIERS = "dev/sonde/boot/Carriers";
    private static final String TASKS = "dev/sonde/boot/ExecutorTasks";
    private static final String FORKED = "dev/sonde/boot/ForkedTasks";
    private static final String FORK_JOIN_TASK = "Ljava/util/concurrent/ForkJoinTask;";
    private static final String TIMER_TASK = "Ljava/util/TimerTask;";
    private static final String RUNNABLE = "Ljava/lang/Runnable;";
    private static final String CALLABLE = "Ljava/util/concurrent/Callable;";
    private static final String FUNCTION = "Ljava/util/function/";
    private static final String CONCURRENT = "java/util/concurrent/";

    /** Woven where application code starts threads itself. */
    static final String THREAD = "java/lang/Thread";

    /** By internal class name. */
    static final Map<String, List<HandOver>> BY_CLASS = all();

    private HandOvers() {}

    private static Map<String, List<HandOver>> all() {
        Map<String, List<HandOver>> all = new LinkedHashMap<>();
        all.put(CONCURRENT + "CompletableFuture", completableFuture());
        List<HandOver> constructors = List.of(carry("<init>", RUNNABLE), carry("<init>", CALLABLE));
        all.put(CONCURRENT + "FutureTask", constructors);
        for (String adapter : List.of(
                "AdaptedRunnable",
                "AdaptedRunnableAction",
                "AdaptedCallable",
                "AdaptedInterruptibleCallable",
                "AdaptedInterruptibleRunnable",
                "RunnableExecuteAction")) {
            all.put(CONCURRENT + "ForkJoinTask$" + adapter, constructors);
        }
        all.put(
                CONCURRENT + "ThreadPoolExecutor",
                List.of(
                        new HandOver("execute", RUNNABLE, TASKS, "carry", Kind.RECEIVER_AND_PARAMETER),
                        // workers that run already never leave the old runWorker, others may override the two
                        new HandOver("runWorker", "", TASKS, "run", Kind.RUN),
                        new HandOver("beforeExecute", RUNNABLE, TASKS, "begun", Kind.PARAMETER),
                        new HandOver("afterExecute", RUNNABLE, TASKS, "ended", Kind.PARAMETER),
                        new HandOver("remove", RUNNABLE, TASKS, "queued", Kind.RECEIVER_AND_PARAMETER),
                        new HandOver("reject", RUNNABLE, TASKS, "original", Kind.PARAMETER),
                        new HandOver("shutdownNow", "Ljava/util/List;", TASKS, "originals", Kind.RESULT)));
        all.put(
                CONCURRENT + "ScheduledThreadPoolExecutor",
                List.of(
                        new HandOver("scheduleAtFixedRate", RUNNABLE, TASKS, "detached", Kind.PARAMETER),
                        new HandOver("scheduleWithFixedDelay", RUNNABLE, TASKS, "detached", Kind.PARAMETER)));
        tasks(all);
        all.put(CONCURRENT + "ThreadPerTaskExecutor", List.of(carry("execute", RUNNABLE)));
        all.put(CONCURRENT + "ThreadPerTaskExecutor$ThreadBoundFuture", constructors);
        all.put("java/lang/Runtime", List.of(new HandOver("exit", "I", "dev/sonde/boot/Hooks", "exiting", Kind.NONE)));
        all.put(
                "java/lang/ThreadBuilders",
                List.of(new HandOver("newVirtualThread", RUNNABLE, TASKS, "carryToThread", Kind.PARAMETER)));
        return all;
    }

    /** Work that stays itself: its context is noted beside it. */
    private static void tasks(Map<String, List<HandOver>> all) {
        all.put(
                CONCURRENT + "ForkJoinTask",
                List.of(
                        new HandOver("fork", "", FORKED, "forked", Kind.RECEIVER),
                        new HandOver("doExec", "", FORKED, "begin", Kind.RECEIVER),
                        new HandOver("doExec", "", FORKED, "end", Kind.RECEIVER_AT_END)));
        List<HandOver> given = new ArrayList<>();
        for (String method : List.of("invoke", "execute", "submit")) {
            given.add(new HandOver(method, FORK_JOIN_TASK, FORKED, "given", Kind.PARAMETER));
        }
        all.put(CONCURRENT + "ForkJoinPool", List.copyOf(given));
        all.put(
                "java/util/Timer",
                List.of(
                        new HandOver("schedule(" + TIMER_TASK + "J)V", TIMER_TASK, TASKS, "timed", Kind.PARAMETER),
                        new HandOver(
                                "schedule(" + TIMER_TASK + "Ljava/util/Date;)V",
                                TIMER_TASK,
                                TASKS,
                                "timed",
                                Kind.PARAMETER)));
        all.put("java/util/TimerThread", List.of(new HandOver("mainLoop", "", TASKS, "run", Kind.RUN)));
        all.put(
                THREAD,
                List.of(new HandOver("start()V", "", "dev/sonde/boot/StartedThreads", "starting", Kind.RECEIVER)));
    }

    private static List<HandOver> completableFuture() {
        String supplier = FUNCTION + "Supplier;";
        String function = FUNCTION + "Function;";
        String biFunction = FUNCTION + "BiFunction;";
        String consumer = FUNCTION + "Consumer;";
        String biConsumer = FUNCTION + "BiConsumer;";
        List<HandOver> stages = new ArrayList<>();
        stages.add(carry("asyncSupplyStage", supplier));
        stages.add(carry("asyncRunStage", RUNNABLE));
        stages.add(carry("uniApplyStage", function));
        stages.add(carry("uniAcceptStage", consumer));
        stages.add(carry("uniRunStage", RUNNABLE));
        stages.add(carry("uniWhenCompleteStage", biConsumer));
        stages.add(carry("uniHandleStage", biFunction));
        stages.add(carry("uniComposeStage", function));
        stages.add(carry("uniExceptionallyStage", function));
        stages.add(carry("uniComposeExceptionallyStage", function));
        stages.add(carry("biApplyStage", biFunction));
        stages.add(carry("biAcceptStage", biConsumer));
        stages.add(carry("biRunStage", RUNNABLE));
        stages.add(carry("orApplyStage", function));
        stages.add(carry("orAcceptStage", consumer));
        stages.add(carry("orRunStage", RUNNABLE));
        return List.copyOf(stages);
    }

    private static HandOver carry(String method, String type) {
        return new HandOver(method, type, CARRIERS, "wrap", Kind.PARAMETER);
    }
}
