package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models asked with Apache's clients, the one that waits and those that do not. */
abstract class ApacheContract extends PlainHttpContract {
    ApacheContract(String version, String stack) {
        super(
                "Apache HttpClient",
                "com.example.plain.Apache",
                version,
                asked -> Stack.of(stack).compiled("plainhttp", "plainhttp-apache"));
    }

    @Override
    final List<String> waysToReadWhole() {
        return List.of("blocking", "uploaded", "async", "asyncMinimal", "asyncOwnClasses");
    }

    @Override
    final List<String> waysToStream() {
        return List.of("stream", "streamAsync", "streamMinimal");
    }

    @Override
    final List<String> waysToCancel() {
        return List.of("streamCancelled");
    }

    @Test
    final void unread_endsWhenTheResponseIsClosed() throws Exception {
        assertThat(play("unread", Wire.OPENAI)).isEqualTo("200 true");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEqualTo("The response was closed without being parsed.");
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    final void later_refusal_isAnErrorWithItsStatus(Wire wire) throws Exception {
        provider(wire).answerNext(Answer.failure(429, "Slow down."));

        assertThat(play("async", wire)).startsWith("429");

        assertRefused(wire, take());
    }

    @Test
    final void later_breaksOff_keepsWhatCame() throws Exception {
        provider(Wire.OPENAI)
                .answerNext(Answer.cutAfter(8, Answer.text("word ".repeat(40))))
                .pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(play("streamAsync", Wire.OPENAI)).startsWith("threw ");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isNotEmpty();
        assertThat(observation.outputJson().at("/content").asText()).startsWith("word");
    }

    /** Whether the provider hears of it is up to the library, which reads on over a connection that it has kept. */
    @ParameterizedTest
    @EnumSource(Wire.class)
    final void later_streamCancelled_keepsWhatCame(Wire wire) throws Exception {
        provider(wire).answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(play("streamAsyncCancelled", wire)).startsWith("200 word").doesNotContain("not cancelled");

        CollectedObservation observation = take();
        assertThat(observation.name()).isEqualTo(wire.observationName);
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
        assertThat(observation.outputJson().at(wire.text).asText()).startsWith("word");
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    final void later_cancelledBeforeItsAnswer_endsWithAWarning() throws Exception {
        provider(Wire.OPENAI)
                .pace(new Pacing(Duration.ofSeconds(20), Duration.ZERO))
                .answerNext(Answer.text("late"));

        assertThat(play("asyncCancelled", Wire.OPENAI)).isEqualTo("cancelled true");

        CollectedObservation observation = take();
        assertThat(observation.name()).isEqualTo(Wire.OPENAI.observationName);
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
    }

    @Test
    final void later_serverThatIsNotThere_isAnError() throws Exception {
        assertThat(play("asyncUnreachable", Wire.OPENAI)).startsWith("threw ").contains("Connect");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.attributes()).containsEntry("server.address", "127.0.0.1");
        assertThat(observation.attributes().get("exception.type").toString()).contains("HttpHostConnectException");
    }

    @Test
    final void later_sentOnceMore_isOneCallWithTheRequestOnce() throws Exception {
        provider(Wire.OPENAI).answerNext(Answer.failure(503, "Busy."), HELLO);

        assertThat(play("asyncRetried", Wire.OPENAI)).isEqualTo("200 Hello there, you");

        assertComplete(Wire.OPENAI, take());
    }

    @Test
    final void later_requestThatAsksNoModel_isNotRecorded() throws Exception {
        assertThat(play("async", "other", Wire.OPENAI)).startsWith("400");
        provider(Wire.OPENAI).answerNext(HELLO);
        assertThat(play("async", Wire.OPENAI)).isEqualTo("200 Hello there, you");

        assertThat(take().name()).isEqualTo(Wire.OPENAI.observationName);
    }
}
