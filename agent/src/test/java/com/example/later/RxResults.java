package com.example.later;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.sonde.annotations.Observe;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.ExecutionException;

/** Observed methods that return types of RxJava, Mutiny and Guava. */
public final class RxResults {

    @Observe
    static String leaf(String word) {
        return word + "!";
    }

    @Observe
    static Single<String> single() {
        return Single.fromCallable(() -> leaf("single")).subscribeOn(Schedulers.io());
    }

    @Observe
    static Maybe<String> maybe() {
        return Maybe.empty();
    }

    @Observe
    static Completable completable() {
        return Completable.error(new IllegalStateException("incomplete"));
    }

    @Observe
    static Observable<String> observable() {
        return Observable.just("a", "b").map(RxResults::leaf);
    }

    @Observe
    static Flowable<Integer> flowable() {
        return Flowable.range(1, 1_000_000).observeOn(Schedulers.computation());
    }

    @Observe
    static Uni<String> uni() {
        return Uni.createFrom().item(() -> leaf("uni"));
    }

    @Observe
    static Uni<String> failingUni() {
        return Uni.createFrom().failure(new IllegalStateException("no uni"));
    }

    @Observe
    static Multi<String> multi() {
        return Multi.createFrom().items("m", "n").map(RxResults::leaf);
    }

    @Observe
    static Multi<Integer> endlessMulti() {
        return Multi.createFrom().range(1, 1_000_000);
    }

    @Observe
    static ListenableFuture<String> settable(SettableFuture<String> future) {
        return future;
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        say(single().blockingGet());
        say("" + maybe().blockingGet());
        try {
            completable().blockingAwait();
        } catch (IllegalStateException e) {
            say(e.getMessage());
        }
        say("" + observable().toList().blockingGet());
        say("" + flowable().take(2).toList().blockingGet());
        say(uni().await().indefinitely());
        try {
            failingUni().await().indefinitely();
        } catch (IllegalStateException e) {
            say(e.getMessage());
        }
        say("" + multi().collect().asList().await().indefinitely());
        say("" + endlessMulti().select().first(2).collect().asList().await().indefinitely());
        SettableFuture<String> future = SettableFuture.create();
        ListenableFuture<String> same = settable(future);
        future.set("set");
        say(same.get() + (same == future));
        SettableFuture<String> cancelled = SettableFuture.create();
        say("" + settable(cancelled).cancel(false));
        Schedulers.shutdown();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
