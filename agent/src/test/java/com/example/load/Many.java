package com.example.load;

import dev.sonde.Sonde;
import dev.sonde.annotations.Observe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes many observed calls on many threads and prints what became of them. Arguments: threads, calls on each, how many
 * observations may wait (0 for any number).
 */
public final class Many {

    private Many() {}

    public static void main(String... arguments) throws InterruptedException {
        int threads = Integer.parseInt(arguments[0]);
        int calls = Integer.parseInt(arguments[1]);
        long mostQueued = Long.parseLong(arguments[2]);
        List<Thread> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> work(calls, mostQueued));
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        boolean drained = Sonde.flush(Duration.ofSeconds(mostQueued == 0 ? 0 : 60));
        System.out.println("calls in " + millis + " ms, drained " + drained);
        for (Map.Entry<String, Long> count : Sonde.counters().entrySet()) {
            System.out.println(count.getKey() + "=" + count.getValue());
        }
    }

    private static void work(int calls, long mostQueued) {
        for (int i = 0; i < calls; i++) {
            if (call(i) != i + 1) {
                throw new AssertionError("an observed call answers something else");
            }
            while (mostQueued > 0 && (i & 127) == 0 && Sonde.counters().getOrDefault("queued", 0L) > mostQueued) {
                Thread.yield();
            }
        }
    }

    @Observe
    private static int call(int number) {
        return number + 1;
    }
}
