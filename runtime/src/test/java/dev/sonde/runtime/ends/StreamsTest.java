package dev.sonde.runtime.ends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private final Recorded call = new Recorded();

    @Test
    void collect_recordsWhatTheMethodGaveAndNotWhatBecameOfIt() {
        List<Integer> seen =
                observed(Stream.of(1, 2, 3)).filter(n -> n > 1).sorted().toList();

        assertThat(seen).containsExactly(2, 3);
        assertThat(call.said).containsExactly("returned [1, 2, 3]");
    }

    @Test
    void operations_keepTheirStreamAndItsKind() {
        Stream<Integer> stream = observed(Stream.of(1, 2));

        Object same = stream.sequential();

        assertThat(same == stream).isTrue();
        assertThat(stream.equals(same)).isTrue();
        assertThat(stream.hashCode()).isEqualTo(same.hashCode());
        assertThat(stream.isParallel()).isFalse();
        assertThat(stream.mapToInt(n -> n).asLongStream().boxed().toList()).containsExactly(1L, 2L);
    }

    @Test
    void infiniteInnerStream_staysLazy() {
        Integer first = observed(Stream.of(1).flatMap(n -> Stream.iterate(n, m -> m + 1)))
                .findFirst()
                .orElseThrow();

        assertThat(first).isEqualTo(1);
        assertThat(call.said).containsExactly("returned [1]");
    }

    @Test
    void usedTwice_failsAsBefore() {
        Stream<Integer> stream = observed(Stream.of(1));
        stream.toList();

        assertThatThrownBy(stream::count).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void iterator_endsWhenExhausted() {
        IntStream numbers = (IntStream) Streams.ENDING.follow(IntStream.of(4, 5), call);
        int sum = 0;
        for (var all = numbers.iterator(); all.hasNext(); ) {
            sum += all.nextInt();
        }

        assertThat(sum).isEqualTo(9);
        assertThat(call.said).containsExactly("returned [4, 5]");
    }

    @Test
    void splitSpliterator_endsWithItsLastPart() {
        Spliterator<Integer> second = observed(Stream.of(1, 2, 3, 4).parallel()).spliterator();
        Spliterator<Integer> first = second.trySplit();
        AtomicInteger sum = new AtomicInteger();

        first.forEachRemaining(sum::addAndGet);
        assertThat(call.said).isEmpty();
        second.forEachRemaining(sum::addAndGet);

        assertThat(sum).hasValue(10);
        assertThat(call.said).containsExactly("returned [1, 2, 3, 4]");
    }

    @Test
    void close_runsTheMethodsOwnHandler() {
        List<String> closed = new ArrayList<>();
        observed(Stream.of(1).onClose(() -> closed.add("own"))).map(n -> n + 1).close();

        assertThat(closed).containsExactly("own");
        assertThat(call.said).containsExactly("cancelled null");
    }

    @SuppressWarnings("unchecked") // as it went in
    private <T> Stream<T> observed(Stream<T> stream) {
        return (Stream<T>) Streams.ENDING.follow(stream, call);
    }

    /** Writes down what it is told; only the first end counts. */
    private static final class Recorded extends Context implements ObservedCall {
        private final List<String> said = new ArrayList<>();

        Recorded() {
            super(Attributes.NONE);
        }

        @Override
        public @Nullable Current observation() {
            return null;
        }

        @Override
        public Context context() {
            return this;
        }

        @Override
        public boolean capturesOutput() {
            return true;
        }

        @Override
        public @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
            return null;
        }

        @Override
        public void firstItem() {}

        @Override
        public void returned(@Nullable Object value) {
            say("returned " + value);
        }

        @Override
        public void failed(Throwable error, @Nullable Object partial) {
            say("failed " + error + " " + partial);
        }

        @Override
        public void stopped(String why, @Nullable Object partial) {
            say(why + " " + partial);
        }

        @Override
        public ObservedCall begin(@Nullable Context around) {
            return this;
        }

        @Override
        public boolean hasObservationsBelow() {
            return false;
        }

        @Override
        public void neverBegun() {}

        private void say(String what) {
            if (said.isEmpty()) {
                said.add(what);
            }
        }
    }
}
