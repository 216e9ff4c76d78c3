package com.example.later;

import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Observed methods that return Reactor's types. */
public final class ReactorResults {

    @Observe
    static String leaf(String word) {
        return word + "!";
    }

    @Observe
    static Mono<String> mono() {
        return Mono.fromCallable(() -> leaf("mono")).subscribeOn(Schedulers.boundedElastic());
    }

    @Observe
    static Mono<String> outer() {
        return mono().map(word -> leaf(word) + "?");
    }

    @Observe
    static Mono<String> elsewhere() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread foreign = new Thread(() -> answer.complete("foreign"));
        return Mono.<String>create(sink -> {
                    foreign.start();
                    answer.thenAccept(sink::success);
                })
                .delayElement(Duration.ofMillis(1))
                .flatMap(word -> Mono.just(leaf(word)));
    }

    @Observe
    static Mono<String> failing() {
        return Mono.error(new IllegalStateException("no answer"));
    }

    @Observe
    static Mono<String> empty() {
        return Mono.empty();
    }

    @Observe
    static Mono<String> eager(String word) {
        return Mono.just(leaf(word));
    }

    @Observe
    static Mono<String> never() {
        return Mono.just("never");
    }

    @Observe(type = ObservationType.GENERATION)
    static Flux<String> flux() {
        return Flux.just("to", "ken", "s").publishOn(Schedulers.parallel());
    }

    @Observe
    static Publisher<Integer> endless() {
        return Flux.range(1, Integer.MAX_VALUE);
    }

    @Observe
    static void root() {
        say(outer().block());
        say(elsewhere().block());
        say("" + flux().collectList().block());
    }

    public static void main(String[] arguments) {
        root();
        try {
            failing().block();
        } catch (IllegalStateException e) {
            say(e.getMessage());
        }
        say("" + empty().block());
        say(eager("eager").block());
        say(never().toString().isEmpty() + "");
        say("" + Flux.from(endless()).take(3).collectList().block());
        Mono<String> twice = mono();
        say(twice.block() + twice.block());
        List<String> joined = Flux.merge(flux(), flux()).collectSortedList().block();
        say("" + joined);
        Schedulers.shutdownNow();
        say("" + TimeUnit.SECONDS);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
