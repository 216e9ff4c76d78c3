package dev.sonde.runtime.ends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EndsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.stream.Stream",
                "java.util.stream.IntStream",
                "java.util.Iterator",
                "java.lang.Iterable",
                "java.util.concurrent.Flow$Publisher",
                "org.reactivestreams.Publisher",
                "reactor.core.publisher.Mono",
                "io.reactivex.rxjava3.core.Single",
                "io.smallrye.mutiny.Uni",
                "kotlinx.coroutines.flow.Flow"
            })
    void mayReplace_interfacesThatAnotherObjectCanStandFor(String declared) {
        assertThat(Ends.of(declared).mayReplace()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.lang.Object",
                "java.util.List",
                "java.util.ListIterator",
                "java.util.concurrent.CompletableFuture",
                "java.util.concurrent.SubmissionPublisher",
                "reactor.core.publisher.ConnectableFlux",
                "com.google.common.util.concurrent.ListenableFuture"
            })
    void mayReplace_anythingElse_isFalse(String declared) {
        assertThat(Ends.of(declared).mayReplace()).isFalse();
    }

    @Test
    void of_future_isFollowedWhateverIsDeclared() {
        assertThat(Ends.UNREPLACED.endingOf(new CompletableFuture<>())).isNotNull();
        assertThat(Ends.of("java.lang.Object").endingOf(new CompletableFuture<>()))
                .isNotNull();
    }

    @Test
    void of_completeResults_isNull() {
        assertThat(Ends.of("java.lang.Object").endingOf("text")).isNull();
        assertThat(Ends.of("java.lang.Object").endingOf(Stream.of(1))).isNull();
        assertThat(Ends.of("java.lang.Object").endingOf(Mono.just(1))).isNull();
        assertThat(Ends.of("com.example.Answer").endingOf(new ArrayList<>())).isNull();
    }

    @Test
    void of_moreThanWhatIsDeclared_isLeftAlone() {
        ConnectableFlux<Integer> connectable = Flux.just(1).publish();
        Iterator<Integer> list = new ArrayList<Integer>().listIterator();

        assertThat(Ends.of("java.util.Iterator").endingOf(list)).isNull();
        assertThat(Ends.of("java.lang.Iterable").endingOf(List.of())).isNull();
        assertThat(Ends.of("reactor.core.publisher.ConnectableFlux").endingOf(connectable))
                .isNull();
    }

    @Test
    void of_declaredInterface_isFollowed() {
        Iterator<Integer> plain = Stream.of(1).iterator();

        assertThat(Ends.of("java.util.Iterator").endingOf(plain)).isNotNull();
        assertThat(Ends.of("org.reactivestreams.Publisher").endingOf(Mono.just(1)))
                .isNotNull();
        assertThat(Ends.of("reactor.core.publisher.Flux").endingOf(Flux.just(1)))
                .isNotNull();
    }
}
