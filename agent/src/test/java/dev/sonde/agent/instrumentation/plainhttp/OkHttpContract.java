package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models asked with OkHttp: calls that wait, calls that come back, server-sent events. */
abstract class OkHttpContract extends PlainHttpContract {
    OkHttpContract(String version, String stack) {
        super(
                "OkHttp",
                "com.example.plain.OkHttp",
                version,
                asked -> Stack.of(stack).compiled("plainhttp", "plainhttp-okhttp"));
    }

    @Override
    final List<String> waysToReadWhole() {
        return List.of("blocking", "bytes", "uploaded", "async");
    }

    @Override
    final List<String> waysToStream() {
        return List.of("stream");
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
    final void events_cancelled_keepWhatCame() throws Exception {
        provider(Wire.OPENAI).answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(play("streamEventsCancelled", Wire.OPENAI)).startsWith("200 word");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isIn("The call was cancelled.", "The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content").asText()).startsWith("word");
    }

    @Test
    final void unread_endsWhenItIsClosed() throws Exception {
        assertThat(play("unread", Wire.OPENAI)).isEqualTo("closed");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEqualTo("The response was closed without being parsed.");
    }

    @Test
    final void dropped_endsWhenItIsCollected() throws Exception {
        assertThat(play("dropped", Wire.OPENAI)).isEqualTo("200");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The response was dropped before it was read to its end.");
    }
}
