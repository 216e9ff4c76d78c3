package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The Spring Boot application in {@code src/test/apps/spring-ai}, with a chosen version of Spring AI. */
final class SpringAiApps {
    static final String NEWEST = "2.0.1";
    static final String NEWEST_ACTUATED = "2.0.1 with Actuator";
    static final String MIDDLE = "1.1.4";
    static final String MIDDLE_ACTUATED = "1.1.4 with Actuator";
    static final String OLDEST = "1.0.0";

    private SpringAiApps() {}

    static LibraryBench bench(OpenAiProvider provider) {
        return LibraryBench.of(
                "Spring AI",
                "com.example.assistant.Assistant",
                provider,
                provider.baseUrl(),
                version -> Stack.of("spring-ai-" + version.substring(0, 3)
                                + (version.endsWith("Actuator") ? "-actuator" : ""))
                        .compiled("spring-ai", "spring-ai-" + version.charAt(0)));
    }

    /** Types and names, each indented below its parent, siblings in the order of their start. */
    static List<String> tree(List<CollectedObservation> all) {
        return below(null, "", all).toList();
    }

    private static Stream<String> below(String parent, String indent, List<CollectedObservation> all) {
        return all.stream()
                .filter(each -> Objects.equals(each.parentId(), parent))
                .flatMap(each -> Stream.concat(
                        Stream.of(indent + each.type() + " " + each.name()), below(each.id(), indent + "  ", all)));
    }
}
