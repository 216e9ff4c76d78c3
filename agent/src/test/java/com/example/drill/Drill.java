package com.example.drill;

import dev.sonde.annotations.Observe;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Everything that may go wrong around an observed method. Prints what the application sees of it, which must be the same
 * with and without the agent.
 */
public final class Drill {

    private static final RuntimeException SAME = new IllegalArgumentException("same");

    private Drill() {}

    @Observe
    static String look(Object argument) {
        return "looked at " + argument.getClass().getSimpleName();
    }

    @Observe
    static Object give(Object result) {
        return result;
    }

    @Observe
    static Object raise(Throwable error) throws Throwable {
        throw error;
    }

    @Observe
    static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Observe
    static long[] allocate() {
        return new long[Integer.MAX_VALUE];
    }

    @Observe
    static int add(int a, int b) {
        return a + b;
    }

    @Observe
    static boolean interrupted(Object argument) {
        return Thread.currentThread().isInterrupted();
    }

    @Observe
    static String after() {
        return "after";
    }

    @Observe
    static void leave(int status) {
        System.exit(status);
    }

    @Observe
    static void failInPool(boolean submits) {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Runnable work = () -> {
                throw new IllegalStateException("in the pool");
            };
            if (submits) {
                pool.submit(work).get();
            } else {
                java.util.concurrent.CompletableFuture.runAsync(work, pool).get();
            }
        } catch (ExecutionException e) {
            trace(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdown();
        }
    }

    /** A class that cannot be initialised. */
    static final class Broken {
        static final int VALUE = Integer.parseInt("none");

        private Broken() {}

        @Observe
        static int value() {
            return VALUE;
        }
    }

    static void say(String line) {
        System.out.println(line);
    }

    private static void trace(Throwable error) {
        say(error.getClass().getName());
        for (StackTraceElement element : error.getStackTrace()) {
            say("  " + element);
        }
    }

    public static void main(String[] arguments) throws Throwable {
        switch (arguments[0]) {
            case "all" -> all();
            case "exit" -> {
                say(look("before"));
                leave(7);
            }
            case "uncaught" -> {
                Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
                    say(thread.getName() + (error == SAME));
                    trace(error);
                });
                Thread thread = new Thread(Drill::raiseSame, "worker");
                thread.start();
                thread.join();
                raise(SAME);
            }
            case "term" -> {
                say(look("last words"));
                Thread.sleep(60_000);
            }
            case "hooks" -> hooks();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void raiseSame() {
        try {
            raise(SAME);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void all() throws Throwable {
        for (int round = 0; round < 12; round++) { // more often than a hook may fail
            for (Map.Entry<String, Object> hostile : Hostile.all().entrySet()) {
                String seen = look(hostile.getValue());
                boolean same = give(hostile.getValue()) == hostile.getValue();
                if (round == 0) {
                    say(hostile.getKey() + ": " + seen + same);
                }
            }
        }
        exceptions();
        large();
        mutated();
        slow();
        interrupts();
        overflow();
        memory();
        failInPool(true);
        failInPool(false);
        for (int i = 0; i < 2; i++) {
            try {
                say("" + Broken.value());
            } catch (LinkageError e) {
                say(e.toString());
            }
        }
        say(after());
    }

    private static void exceptions() throws Throwable {
        RuntimeException cyclic = new IllegalStateException("cyclic");
        cyclic.initCause(new IllegalStateException("cause", cyclic));
        for (Throwable error : List.of(
                SAME,
                cyclic,
                new Hostile.Failure(),
                new Exception("checked"),
                new ThreadDeath(),
                new OutOfMemoryError("thrown"),
                new StackOverflowError("thrown"))) {
            for (int i = 0; i < 12; i++) {
                try {
                    raise(error);
                } catch (Throwable caught) {
                    if (i == 0) {
                        say("same " + (caught == error) + caught.getSuppressed().length);
                        trace(caught);
                    }
                }
            }
        }
    }

    private static void large() {
        String text = "x".repeat(100 << 20);
        say(look(text));
        say("" + (give(text) == text));
        say(look(new byte[100 << 20]));
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            many.add(text);
        }
        say(look(many));
    }

    private static void mutated() throws InterruptedException {
        List<Integer> list = new ArrayList<>();
        Map<Integer, Integer> map = new HashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread mutator = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                if (list.size() > 500) {
                    list.clear();
                    map.clear();
                }
                list.add(i);
                map.put(i, i);
            }
        });
        mutator.start();
        int calls = 0;
        for (int i = 0; i < 500; i++) {
            calls += look(list).length() > 0 ? 1 : 0;
            calls += look(map).length() > 0 ? 1 : 0;
        }
        done.set(true);
        mutator.join();
        say("mutated " + calls);
    }

    private static void slow() {
        long start = System.nanoTime();
        Hostile.Slow slow = new Hostile.Slow(300);
        for (int i = 0; i < 20; i++) {
            look(slow);
        }
        say("quick " + (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3)));
    }

    private static void interrupts() {
        Thread.currentThread().interrupt();
        say("interrupted " + interrupted(new Interruptible()) + Thread.interrupted());
        say("interrupted " + interrupted("no") + Thread.interrupted());
    }

    /** Another class than the slow one, which may not be looked at any more. */
    public static final class Interruptible {
        public String getReport() {
            return new Hostile.Slow(1).getReport();
        }
    }

    private static void overflow() {
        for (int i = 0; i < 3; i++) {
            try {
                recurse(0);
            } catch (StackOverflowError e) {
                say("overflow " + add(1, i));
            }
        }
    }

    private static void memory() {
        for (int i = 0; i < 12; i++) {
            try {
                allocate();
            } catch (OutOfMemoryError e) {
                if (i == 0) {
                    say(e.getMessage());
                }
            }
        }
    }

    /** Lets every hook fail in every way, where there are hooks. */
    private static void hooks() throws ReflectiveOperationException {
        say(look("working") + add(1, 2));
        List<Supplier<Throwable>> failures = List.of(
                () -> new LinkageError("hook"),
                () -> new StackOverflowError("hook"),
                () -> new IllegalStateException("hook"),
                () -> new OutOfMemoryError("hook"));
        for (Supplier<Throwable> failure : failures) {
            for (boolean onExit : new boolean[] {false, true}) {
                breakHooks(failure, onExit);
                for (int i = 0; i < 30; i++) {
                    if (add(i, 1) != i + 1 || give(SAME) != SAME) {
                        say("another result");
                    }
                    try {
                        raise(SAME);
                        say("no exception");
                    } catch (Throwable e) {
                        if (e != SAME) {
                            say("another exception");
                        }
                    }
                }
            }
        }
        say("done");
    }

    private static void breakHooks(Supplier<Throwable> failure, boolean onExit) throws ReflectiveOperationException {
        Class<?> hooks;
        try {
            hooks = Class.forName("dev.sonde.boot.Hooks");
        } catch (ClassNotFoundException e) {
            return; // no agent
        }
        Class<?> type = Class.forName("dev.sonde.boot.SiteHandler");
        Object broken = Proxy.newProxyInstance(
                Drill.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (onExit && method.getName().equals("enter")) {
                        return "scope";
                    }
                    throw failure.get();
                });
        Method replace = hooks.getMethod("replace", int.class, type);
        for (int site = 0; site < 8; site++) {
            replace.invoke(null, site, broken);
        }
    }
}
