package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.collector.CollectedObservation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models asked with Apache's client that waits. */
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
        return List.of("blocking", "uploaded");
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
    final void unread_endsWhenTheResponseIsClosed() throws Exception {
        assertThat(play("unread", Wire.OPENAI)).isEqualTo("200 true");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEqualTo("The response was closed without being parsed.");
    }
}
