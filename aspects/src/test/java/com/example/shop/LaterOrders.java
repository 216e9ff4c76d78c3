package com.example.shop;

import dev.sonde.annotations.Observe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Observed methods that return types of Reactor and RxJava. */
public final class LaterOrders {

    private LaterOrders() {}

    @Observe
    static String leaf(String word) {
        return word + "!";
    }

    @Observe
    static Mono<String> mono() {
        return Mono.fromCallable(() -> leaf("mono")).subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic());
    }

    @Observe
    static Flux<String> flux() {
        return Flux.just("to", "ken", "s").publishOn(reactor.core.scheduler.Schedulers.parallel());
    }

    @Observe
    static Single<String> single() {
        return Single.fromCallable(() -> leaf("single")).subscribeOn(Schedulers.io());
    }

    @Observe
    static Observable<String> observable() {
        return Observable.just("a", "b").map(LaterOrders::leaf);
    }

    /** Prints what each of them gave. */
    public static void main(String[] arguments) {
        System.out.println(mono().block());
        System.out.println(flux().collectList().block());
        System.out.println(single().blockingGet());
        System.out.println(observable().toList().blockingGet());
        Schedulers.shutdown();
        reactor.core.scheduler.Schedulers.shutdownNow();
    }
}
