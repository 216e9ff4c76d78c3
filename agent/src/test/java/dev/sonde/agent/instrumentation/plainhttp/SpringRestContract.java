package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.instrumentation.Stack;
import java.util.List;

/** Models asked with RestClient and RestTemplate, over the JDK's client, the one of URLs, and Apache's. */
abstract class SpringRestContract extends PlainHttpContract {
    SpringRestContract(String version, String stack) {
        super(
                "Spring RestClient",
                "com.example.plain.SpringRest",
                version,
                asked -> Stack.of(stack).compiled("plainhttp", "plainhttp-spring"));
    }

    @Override
    final List<String> waysToReadWhole() {
        return List.of("blocking", "overSimple", "overApache", "intercepted", "template");
    }

    @Override
    final List<String> waysToStream() {
        return List.of("stream", "streamOverApache");
    }

    @Override
    final List<String> waysToCancel() {
        return List.of("streamCancelled");
    }
}
