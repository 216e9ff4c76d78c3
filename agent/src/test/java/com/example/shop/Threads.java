package com.example.shop;

import dev.sonde.annotations.Observe;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Hands work to other threads in every way the JDK offers, and checks that executors behave as without the agent. */
public final class Threads {

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
    private final ForkJoinPool forkJoin = new ForkJoinPool(2);

    @Observe
    static String leaf(String way) {
        return way;
    }

    @Observe(name = "root")
    void everything() throws Exception {
        pool.submit(() -> leaf("submit callable")).get();
        pool.submit((Runnable) () -> leaf("submit runnable")).get();
        CountDownLatch executed = new CountDownLatch(1);
        pool.execute(() -> {
            leaf("execute");
            executed.countDown();
        });
        executed.await();
        pool.invokeAll(List.<Callable<String>>of(() -> leaf("invokeAll 1"), () -> leaf("invokeAll 2")));
        scheduled.schedule(() -> leaf("schedule"), 1, TimeUnit.MILLISECONDS).get();
        forkJoin.submit(() -> leaf("fork join")).get();
        CountDownLatch joined = new CountDownLatch(1);
        forkJoin.execute(() -> {
            leaf("fork join execute");
            joined.countDown();
        });
        joined.await();
        CompletableFuture.supplyAsync(() -> leaf("supplyAsync"))
                .thenApplyAsync(x -> leaf("thenApplyAsync"), pool)
                .thenCompose(x -> CompletableFuture.supplyAsync(() -> leaf("thenCompose"), forkJoin))
                .thenCombine(CompletableFuture.completedFuture(1), (x, y) -> leaf("thenCombine"))
                .whenComplete((x, e) -> leaf("whenComplete"))
                .get();
        CompletableFuture.runAsync(() -> leaf("runAsync")).get();
        virtual();
    }

    /** Virtual threads by reflection: the classes are compiled for 17. */
    private static void virtual() throws Exception {
        if (Runtime.version().feature() < 21) {
            return;
        }
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                        () -> leaf("virtual thread"));
        thread.join();
        ExecutorService perTask = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        perTask.submit(() -> leaf("virtual executor")).get();
        perTask.shutdown();
    }

    /** A pool whose only worker starts within an observed call must not remember that call. */
    @Observe(name = "grows pool")
    static ThreadPoolExecutor grow() throws Exception {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(9));
        executor.submit(() -> leaf("inside")).get();
        return executor;
    }

    @Observe(name = "repeats")
    static void repeat(ScheduledExecutorService executor, CountDownLatch ran) {
        executor.scheduleAtFixedRate(
                () -> {
                    if (ran.getCount() > 0) {
                        leaf("repeated");
                    }
                    ran.countDown();
                },
                0,
                1,
                TimeUnit.DAYS);
    }

    /** What an executor gives back is what it was given. */
    @Observe(name = "queue")
    static void queue() throws Exception {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(2));
        CountDownLatch hold = new CountDownLatch(1);
        executor.execute(() -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // as shutdownNow wants
            }
        });
        Runnable first = () -> System.out.println("first");
        Runnable second = () -> System.out.println("second");
        executor.execute(first);
        executor.execute(second);
        executor.setRejectedExecutionHandler((task, from) -> System.out.println("rejected itself " + (task == first)));
        executor.execute(first);
        System.out.println("removed " + executor.remove(first) + executor.remove(first));
        List<Runnable> rest = executor.shutdownNow();
        System.out.println("rest itself " + (rest.size() == 1 && rest.get(0) == second));
        executor.awaitTermination(10, TimeUnit.SECONDS);

        ThreadPoolExecutor byLength = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new PriorityBlockingQueue<Runnable>(9, Comparator.comparing(task -> ((Named) task).name())));
        CountDownLatch done = new CountDownLatch(3);
        for (String name : List.of("c", "b", "a")) {
            byLength.execute(new Named(name, done));
        }
        done.await();
        byLength.shutdown();
        System.out.println("compared");
    }

    /** A task that the queue's order knows by its class. */
    record Named(String name, CountDownLatch done) implements Runnable {
        @Override
        public void run() {
            leaf(name);
            done.countDown();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Thread.currentThread().interrupt();
        leaf("first, interrupted");
        System.out.println("still interrupted " + Thread.interrupted());
        Threads threads = new Threads();
        threads.everything();
        ThreadPoolExecutor grown = grow();
        grown.submit(() -> leaf("after")).get();
        grown.shutdown();
        CountDownLatch ran = new CountDownLatch(1);
        repeat(threads.scheduled, ran);
        ran.await();
        queue();
        threads.pool.shutdown();
        threads.scheduled.shutdown();
        threads.forkJoin.shutdown();
        System.out.println("done");
    }
}
