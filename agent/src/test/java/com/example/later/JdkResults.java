package com.example.later;

import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Observed methods whose results come later, of the JDK's own types. */
public final class JdkResults {

    @Observe
    static String leaf(String word) {
        return word + "!";
    }

    @Observe(type = ObservationType.GENERATION)
    static Stream<String> words() {
        return Stream.of("one", " ", "two").map(JdkResults::leaf);
    }

    @Observe
    static Stream<Integer> broken() {
        return Stream.of(1, 2, 0).map(n -> 2 / n);
    }

    @Observe
    static IntStream numbers() {
        return IntStream.range(0, 3);
    }

    @Observe
    static Stream<String> closed() {
        return Stream.of("a");
    }

    @Observe
    static Iterator<String> iterator() {
        return List.of("x", "y").stream().iterator();
    }

    @Observe
    static Iterator<String> dropped() {
        return new ArrayList<>(List.of("p", "q")).iterator();
    }

    @Observe
    static Iterable<String> iterable() {
        return () -> List.of("m", "n").iterator();
    }

    @Observe
    static CompletableFuture<String> cancelled() {
        return new CompletableFuture<>();
    }

    @Observe
    static CompletableFuture<String> forgotten() {
        return new CompletableFuture<>();
    }

    @Observe
    static Flow.Publisher<String> publisher() {
        return subscriber -> {
            SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 8);
            source.subscribe(subscriber);
            source.submit(leaf("flow"));
            source.submit("more");
            source.close();
        };
    }

    @Observe
    static void root() {
        say(words().filter(word -> !word.isBlank()).collect(Collectors.joining("|")));
    }

    public static void main(String[] arguments) throws InterruptedException {
        root();
        try {
            say("" + broken().toList());
        } catch (ArithmeticException e) {
            say(e.toString());
        }
        say("" + numbers().sum());
        closed().close();
        say("" + Stream.concat(words(), Stream.of("three")).toList());
        for (Iterator<String> all = iterator(); all.hasNext(); ) {
            say(all.next());
        }
        say(dropped().next());
        Iterable<String> twice = iterable();
        twice.forEach(JdkResults::say);
        twice.forEach(JdkResults::say);
        CompletableFuture<String> future = cancelled();
        say(future.getClass() + " " + future.cancel(true) + future.isCancelled());
        say("" + forgotten().isDone());
        CountDownLatch done = new CountDownLatch(1);
        publisher().subscribe(new Printing(done));
        done.await();
        awaitCollection();
    }

    /** Until what nobody holds any more is gone and those who watch it had time to say so. */
    private static void awaitCollection() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            System.gc();
            Thread.sleep(30);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Takes two items and no more. */
    private static final class Printing implements Flow.Subscriber<String> {
        private final CountDownLatch done;

        Printing(CountDownLatch done) {
            this.done = done;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(10);
        }

        @Override
        public void onNext(String item) {
            say("next " + item);
        }

        @Override
        public void onError(Throwable error) {
            say(error.toString());
            done.countDown();
        }

        @Override
        public void onComplete() {
            say("complete");
            done.countDown();
        }
    }
}
