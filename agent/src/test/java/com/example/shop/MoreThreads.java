package com.example.shop;

import dev.sonde.annotations.Observe;
import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Hands over work that must stay the object it is, and threads that live longer than what started them. */
public final class MoreThreads {

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch served = new CountDownLatch(1);
    private final ThreadPoolExecutor old = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new PriorityBlockingQueue<Runnable>(9, Comparator.comparing(Ranked.class::cast)));

    @Observe
    static String leaf(String way) {
        return way;
    }

    /** A thread that is its own task. */
    static final class Own extends Thread {
        @Override
        public void run() {
            leaf("own thread");
        }
    }

    /** Adds numbers by halves. */
    static final class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from == 1) {
                leaf("forked " + from);
                return from;
            }
            Sum left = new Sum(from, (from + to) / 2);
            Sum right = new Sum((from + to) / 2, to);
            left.fork();
            return right.compute() + left.join();
        }
    }

    /** A task that only makes a worker start. */
    record Unranked(CountDownLatch done) implements Runnable {
        @Override
        public void run() {
            done.countDown();
        }
    }

    /** A task with an order. */
    record Ranked(int rank, CountDownLatch done) implements Runnable, Comparable<Ranked> {
        @Override
        public void run() {
            leaf("ranked " + rank);
            done.countDown();
        }

        @Override
        public int compareTo(Ranked other) {
            return Integer.compare(rank, other.rank);
        }
    }

    @Observe(name = "root")
    void everything() throws Exception {
        Thread plain = new Thread(() -> leaf("thread"));
        plain.start();
        plain.join();
        Own own = new Own();
        own.start();
        own.join();
        Thread made = Executors.defaultThreadFactory().newThread(() -> leaf("thread of a factory"));
        made.start();
        made.join();
        ForkJoinPool pool = new ForkJoinPool(3);
        System.out.println("sum " + pool.invoke(new Sum(0, 4)));
        System.out.println("parallel "
                + pool.submit(() -> IntStream.range(10, 14)
                                .parallel()
                                .mapToObj(i -> leaf("parallel " + i))
                                .toList())
                        .get());
        pool.shutdown();
        timer();
        ranked();
        ExecutorService executor = Executors.unconfigurableExecutorService(Executors.newSingleThreadExecutor());
        ExecutorCompletionService<String> completion = new ExecutorCompletionService<>(executor);
        completion.submit(() -> leaf("completion service"));
        completion.take().get();
        executor.shutdown();
        // not before the thread works for others
        Thread server = new Thread(this::serve, "server");
        server.setDaemon(true);
        server.start();
    }

    private void timer() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Timer timer = new Timer(true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        leaf("timer");
                        done.countDown();
                    }
                },
                1);
        done.await();
        CountDownLatch twice = new CountDownLatch(2);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        if (twice.getCount() > 0) {
                            leaf("periodic timer");
                        }
                        twice.countDown();
                    }
                },
                1,
                1);
        twice.await();
    }

    private void ranked() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(3);
        for (int rank : List.of(2, 0, 1)) {
            old.execute(new Ranked(rank, done));
        }
        done.await();
        old.shutdown();
    }

    /** Has a worker before anything is observed. */
    private void start() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        old.execute(new Unranked(done));
        done.await();
    }

    private void serve() {
        try {
            while (true) {
                leaf(requests.take());
                served.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a task belonged to can be collected when the task is done. */
    private static boolean isCollected() throws InterruptedException {
        WeakReference<Object> gone = forked();
        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return gone.get() == null;
    }

    @Observe(name = "forgotten")
    private static WeakReference<Object> forked() {
        Sum task = new Sum(0, 4);
        task.fork().join();
        return new WeakReference<>(task);
    }

    public static void main(String[] arguments) throws Exception {
        MoreThreads threads = new MoreThreads();
        threads.start();
        threads.everything();
        threads.requests.put("served later");
        threads.served.await();
        System.out.println("collected " + isCollected());
        System.out.println("done");
    }
}
