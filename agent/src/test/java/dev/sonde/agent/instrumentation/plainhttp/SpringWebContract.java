package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models asked with WebClient, over Reactor Netty, the JDK's client and Apache's that does not wait. */
abstract class SpringWebContract extends PlainHttpContract {
    SpringWebContract(String version, String stack) {
        super(
                "Spring WebClient",
                "com.example.plain.SpringWeb",
                version,
                asked -> Stack.of(stack).compiled("plainhttp", "plainhttp-spring"));
    }

    @Override
    final List<String> waysToReadWhole() {
        return List.of("blocking", "overJdk", "overApache");
    }

    @Override
    final List<String> waysToStream() {
        return List.of("stream", "streamOverJdk", "streamOverApache");
    }

    @Override
    final List<String> waysToCancel() {
        return List.of("streamCancelled");
    }

    @Test
    final void events_areRecordedAsAStream() throws Exception {
        provider(Wire.OPENAI).answerNext(HELLO);

        assertThat(play("streamEvents", Wire.OPENAI)).isEqualTo("200 Hello there, you");

        assertComplete(Wire.OPENAI, take());
    }

    @Test
    final void answerThatIsNotAwaited_endsWithAWarning() throws Exception {
        provider(Wire.OPENAI)
                .pace(new Pacing(Duration.ofSeconds(20), Duration.ZERO))
                .answerNext(Answer.text("late"));

        assertThat(play("asyncCancelled", Wire.OPENAI)).startsWith("threw ").contains("TimeoutException");

        CollectedObservation observation = take();
        assertThat(observation.name()).isEqualTo(Wire.OPENAI.observationName);
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
    }
}
