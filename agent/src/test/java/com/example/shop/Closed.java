package com.example.shop;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs observed code in a loader that delegates only packages it knows, as some containers do. */
public final class Closed {

    private Closed() {}

    /** Hides the package that woven code calls. */
    static final class ClosedLoader extends Crowd.OwnLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.sonde.boot.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    public static void main(String[] arguments) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Class<?> type = new ClosedLoader().loadClass(Crowd.Worker.class.getName());
        Object worker = type.getConstructor(ExecutorService.class, int.class).newInstance(pool, 7);
        System.out.println(((Callable<?>) worker).call());
        pool.shutdown();
    }
}
