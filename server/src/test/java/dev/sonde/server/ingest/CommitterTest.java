package dev.sonde.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.storage.Deletion;
import dev.sonde.server.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitterTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final MemoryEventWriter store = new MemoryEventWriter();
    private final Committer committer =
            new Committer(store, observation -> observation, Clock.fixed(NOON, ZoneOffset.UTC));

    @AfterEach
    void close() {
        committer.close();
    }

    @Test
    void commit_completesWhenStored() throws Exception {
        committer.commit(trace("t1")).get(10, TimeUnit.SECONDS);

        assertThat(store.traces()).containsOnlyKeys(new EntityKey("p", "t1"));
        assertThat(committer.events()).isEqualTo(1);
    }

    @Test
    void commit_gathersWhatWaitsIntoOneGroup() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.refuse(group -> {
            writing.countDown();
            await(go);
            return false;
        });
        CompletableFuture<Void> first = committer.commit(trace("t0"));
        await(writing);

        List<CompletableFuture<Void>> more = IntStream.rangeClosed(1, 50)
                .mapToObj(i -> committer.commit(trace("t" + i)))
                .toList();
        go.countDown();
        CompletableFuture.allOf(more.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);

        assertThat(first).isCompleted();
        assertThat(store.groups()).hasSize(2);
        assertThat(store.traces()).hasSize(51);
    }

    @Test
    void delete_waitsForWhatCameBefore_andNothingPassesIt() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.refuse(group -> {
            writing.countDown();
            await(go);
            return false;
        });
        committer.commit(trace("t0"));
        await(writing);

        committer.commit(trace("t1"));
        AtomicReference<Set<EntityKey>> seen = new AtomicReference<>();
        CompletableFuture<Boolean> deletion = committer.delete(() -> {
            seen.set(Set.copyOf(store.traces().keySet()));
            return new Deletion(Set.of(new EntityKey("p", "t1")), Set.of(), Set.of(), List.of());
        });
        CompletableFuture<Void> after = committer.commit(trace("t2"));
        go.countDown();

        assertThat(deletion.get(10, TimeUnit.SECONDS)).isTrue();
        after.get(10, TimeUnit.SECONDS);
        assertThat(seen.get()).containsOnly(new EntityKey("p", "t0"), new EntityKey("p", "t1"));
        assertThat(store.traces()).containsOnlyKeys(new EntityKey("p", "t0"), new EntityKey("p", "t2"));
    }

    @Test
    void delete_thatFails_fails_andTheNextIsDone() throws Exception {
        CompletableFuture<Boolean> failing = committer.delete(() -> {
            throw new StorageException("no answer");
        });
        CompletableFuture<Boolean> nothing =
                committer.delete(() -> new Deletion(Set.of(), Set.of(), Set.of(), List.of()));

        assertThat(nothing.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(failing).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void commit_ofManyThreads_storesEachOnce() throws Exception {
        List<CompletableFuture<Void>> all = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    all.add(committer.commit(trace(thread + "-" + i)));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

        assertThat(store.traces()).hasSize(1_600);
        assertThat(committer.events()).isEqualTo(1_600);
        assertThat(committer.waiting()).isZero();
    }

    @Test
    void commit_whenOneRequestIsRefused_storesItsNeighbours() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.refuse(group -> {
            writing.countDown();
            await(go);
            return group.traces().stream()
                    .anyMatch(change -> change.after().id().equals("t7"));
        });
        CompletableFuture<Void> first = committer.commit(trace("first"));
        await(writing);
        List<CompletableFuture<Void>> all = IntStream.range(0, 20)
                .mapToObj(i -> committer.commit(trace("t" + i)))
                .toList();
        go.countDown();

        first.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> all.get(7).get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StorageException.class);
        for (int i = 0; i < all.size(); i++) {
            if (i != 7) {
                all.get(i).get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(store.traces()).hasSize(20).doesNotContainKey(new EntityKey("p", "t7"));
        assertThat(committer.rejected()).isEqualTo(1);
    }

    @Test
    void commit_afterAFailure_worksAgain() throws Exception {
        store.refuse(group -> {
            throw new StackOverflowError();
        });
        CompletableFuture<Void> failed = committer.commit(trace("t1"));
        assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(StackOverflowError.class);
        store.refuse(group -> {
            throw new NoClassDefFoundError();
        });
        CompletableFuture<Void> failedToo = committer.commit(trace("t2"));
        assertThatThrownBy(() -> failedToo.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NoClassDefFoundError.class);

        store.refuse(group -> false);
        committer.commit(trace("t3")).get(10, TimeUnit.SECONDS);

        assertThat(store.traces()).containsOnlyKeys(new EntityKey("p", "t3"));
    }

    @Test
    void commit_whenTooMuchWaits_isRefusedAtOnce() {
        CountDownLatch go = new CountDownLatch(1);
        store.refuse(group -> {
            await(go);
            return false;
        });
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        CompletableFuture<Void> refused = null;
        for (int i = 0; i < 40 && refused == null; i++) {
            CompletableFuture<Void> next =
                    committer.commit(new Events(trace("t" + i).fragments(), List.of(), 10 << 20));
            if (next.isCompletedExceptionally()) {
                refused = next;
            } else {
                taken.add(next);
            }
        }
        go.countDown();

        assertThat(refused).isNotNull();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(OverloadedException.class);
        CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new)).join();
        assertThat(store.traces()).hasSize(taken.size());
    }

    @Test
    void close_storesWhatWaits_andRefusesWhatComesAfter() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 100)
                .mapToObj(i -> committer.commit(trace("t" + i)))
                .toList();

        committer.close();

        assertThat(all).allSatisfy(durable -> assertThat(durable).isCompleted());
        assertThat(store.traces()).hasSize(100);
        assertThatThrownBy(() -> committer.commit(trace("late")).join()).hasCauseInstanceOf(OverloadedException.class);
    }

    @Test
    void onCommit_tellsTouchedTraces_andSurvivesAListenerThatThrows() throws Exception {
        List<Committed> told = new CopyOnWriteArrayList<>();
        committer.onCommit(committed -> {
            throw new IllegalStateException("broken listener");
        });
        AutoCloseable subscription = committer.onCommit(told::add);

        committer.commit(trace("t1")).get(10, TimeUnit.SECONDS);
        committer.commit(trace("t2")).get(10, TimeUnit.SECONDS);
        committer.close();
        subscription.close();

        assertThat(told).containsExactly(new Committed("p", Set.of("t1")), new Committed("p", Set.of("t2")));
        assertThat(store.groups()).hasSize(2);
    }

    private static Events trace(String id) {
        return new Events(List.of(Fragment.trace("p", id, NOON).with(Part.TIMESTAMP, NOON)), List.of(), 100);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
