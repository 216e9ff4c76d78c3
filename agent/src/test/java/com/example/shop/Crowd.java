package com.example.shop;

import dev.sonde.annotations.Observe;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many threads load an observed class, each in a loader of its own, and call it at once. */
public final class Crowd {

    public static final int THREADS = 24;

    private Crowd() {}

    /** Loaded once for every thread. */
    public static final class Worker implements Callable<String> {
        private final ExecutorService pool;
        private final int number;

        public Worker(ExecutorService pool, int number) {
            this.pool = pool;
            this.number = number;
        }

        @Override
        public String call() throws Exception {
            return outer(number);
        }

        @Observe
        private String outer(int value) throws Exception {
            return pool.submit(() -> inner(value)).get();
        }

        @Observe
        static String inner(int value) {
            return "" + value;
        }
    }

    /** Defines {@link Worker} itself. Not parallel capable: loading holds the loader's monitor. */
    static class OwnLoader extends ClassLoader {
        OwnLoader() {
            super(Crowd.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (this) {
                if (!name.equals(Worker.class.getName()) || findLoadedClass(name) != null) {
                    return super.loadClass(name, resolve);
                }
                try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            results.add(threads.submit(() -> {
                start.await();
                Class<?> type = new OwnLoader().loadClass(Worker.class.getName());
                Object worker =
                        type.getConstructor(ExecutorService.class, int.class).newInstance(pool, number);
                return ((Callable<?>) worker).call();
            }));
        }
        for (Future<?> result : results) {
            result.get();
        }
        threads.shutdown();
        pool.shutdown();
        System.out.println("done");
    }
}
