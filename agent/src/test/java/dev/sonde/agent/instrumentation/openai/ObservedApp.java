package dev.sonde.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.ScenarioApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link com.example.chat.ChatApp} in a JVM of its own, with a chosen version of openai-java and the agent or without. */
final class ObservedApp {
    private ObservedApp() {}

    /**
     * Starts the application.
     *
     * @param version of openai-java
     * @param provider where its client calls
     * @param agentArguments null to run without the agent
     */
    static ScenarioApp start(String version, URI provider, @Nullable String agentArguments) throws IOException {
        return ScenarioApp.start("com.example.chat.ChatApp", classPath(version), provider, agentArguments);
    }

    /** The library in the wanted version; its own libraries are those of the newest. */
    private static List<String> classPath(String version) throws IOException {
        String folder = "openai-java-" + version;
        List<String> entries = new ArrayList<>(
                Files.isDirectory(Path.of("target", folder))
                        ? ScenarioApp.jarsIn(folder)
                        : ScenarioApp.jars(
                                "openai-java-" + version,
                                "openai-java-core-" + version,
                                "openai-java-client-okhttp-" + version));
        assertThat(entries).as("jars of openai-java " + version).hasSizeGreaterThan(1);
        entries.addAll(ScenarioApp.jars(
                "annotations-13",
                "api-",
                "classmate",
                "jackson-",
                "jsonschema-",
                "kotlin-",
                "okhttp-4",
                "okio-",
                "slf4j-api",
                "swagger-annotations",
                "error_prone_annotations"));
        return entries;
    }
}
