package com.example.shop;

import dev.sonde.annotations.Capture;
import dev.sonde.annotations.Observe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Observed code of every shape. Prints what it computes, which must be the same with and without the agent. */
public class Shop {

    private final String name;

    @Observe
    Shop(String name, long size, double ratio) {
        this(check(name, size > 2 ? new StringBuilder("big") : new StringBuilder("small")));
        String suffix = name;
        for (int i = 0; i < 2; i++) {
            long twice = i * 2L;
            suffix += twice;
        }
        if (ratio < 0) {
            throw new IllegalArgumentException("ratio " + ratio);
        }
        say("opened " + suffix);
    }

    private Shop(String name) {
        this.name = name;
    }

    private static String check(String name, CharSequence size) {
        return name + "/" + size;
    }

    @Observe(name = "answer")
    public String answer(String question, int count) {
        return find(question) + twice(count);
    }

    @Observe
    private String find(String question) {
        return name + ":" + question;
    }

    @Observe
    static long twice(long number) {
        return number * 2;
    }

    @Observe
    final long factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    @Observe
    protected void nothing(boolean yes, byte small, char letter, float part, short[] more) {
        say("nothing " + yes + small + letter + part + more.length);
    }

    @Observe
    double half(double of) {
        return of / 2;
    }

    @Observe(captureInput = Capture.OFF, captureOutput = Capture.OFF)
    int secret(int number) {
        return number + 1;
    }

    @Observe
    synchronized void fail() {
        throw new IllegalStateException("sold out");
    }

    @Observe
    int caught(int divisor) {
        try {
            return 10 / divisor;
        } catch (ArithmeticException e) {
            return -1;
        } finally {
            say("finally");
        }
    }

    @Observe
    CompletableFuture<String> later(boolean ok) {
        CompletableFuture<String> future = new CompletableFuture<>();
        new Thread(() -> {
                    pause();
                    if (ok) {
                        future.complete("late");
                    } else {
                        future.completeExceptionally(new IllegalStateException("too late"));
                    }
                })
                .start();
        return future;
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }

    /** With an observed default and an observed static method. */
    interface Counter {
        @Observe
        default int count(List<String> words) {
            return words.size();
        }

        @Observe
        static int zero() {
            return 0;
        }
    }

    /** The compiler adds a bridge method that repeats the annotation. */
    static final class Shout implements Function<String, String> {
        @Override
        @Observe
        public String apply(String word) {
            return word.toUpperCase(java.util.Locale.ROOT);
        }
    }

    static void say(String line) {
        System.out.println(line);
    }

    public static void main(String[] arguments) {
        Shop shop = new Shop("corner", 3, 0.5);
        say(shop.answer("milk", 21));
        say("" + shop.factorial(3));
        shop.nothing(true, (byte) 1, 'c', 1.5f, new short[2]);
        say("" + shop.half(3));
        say("" + shop.secret(41));
        say("" + shop.caught(0) + shop.caught(5));
        say("" + new Counter() {}.count(List.of("a", "b")) + Counter.zero());
        Function<String, String> shout = new Shout();
        say(shout.apply("loud"));
        ToLongFunction<Long> reference = Shop::twice;
        say("" + reference.applyAsLong(4L));
        try {
            shop.fail();
        } catch (IllegalStateException e) {
            say(e + " at " + e.getStackTrace()[0] + " of " + e.getStackTrace().length);
        }
        try {
            new Shop("broken", 1, -1);
        } catch (IllegalArgumentException e) {
            say(e.toString());
        }
        say(shop.later(true).join());
        try {
            shop.later(false).join();
        } catch (CompletionException e) {
            say(e.toString());
        }
    }
}
