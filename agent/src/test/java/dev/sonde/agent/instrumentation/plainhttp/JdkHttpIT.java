package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models asked with {@code java.net.http}. */
class JdkHttpIT extends PlainHttpContract {
    JdkHttpIT() {
        super(
                "java.net.http",
                "com.example.plain.JdkClient",
                Integer.toString(Runtime.version().feature()),
                version -> new Stack("jdk", List.of()).compiled("plainhttp", "plainhttp-jdk"));
    }

    @Override
    List<String> waysToReadWhole() {
        return List.of("blocking", "http2", "bytes", "lines", "uploaded", "async");
    }

    @Override
    List<String> waysToStream() {
        return List.of("stream", "streamLines", "streamPublisher");
    }

    @Override
    List<String> waysToCancel() {
        return List.of("streamCancelled", "streamPublisherCancelled");
    }

    @Test
    void discarded_isRecordedAllTheSame() throws Exception {
        assertThat(play("discarding", Wire.OPENAI)).isEqualTo("200");

        assertThat(take().level()).isEqualTo("DEFAULT");
    }

    @Test
    void futureCancelled_endsWithAWarning() throws Exception {
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
    void serverThatIsNotThere_isAnError() throws Exception {
        assertThat(play("unreachable", Wire.OPENAI)).startsWith("threw java.net.ConnectException");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.attributes())
                .containsEntry("exception.type", "java.net.ConnectException")
                .containsEntry("server.address", "127.0.0.1");
    }
}
