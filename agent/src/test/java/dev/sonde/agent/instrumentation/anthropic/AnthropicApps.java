package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.instrumentation.ScenarioApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link com.example.anthropic.MessagesApp} in a JVM of its own, with a chosen version of anthropic-java and the agent. */
final class AnthropicApps {
    private AnthropicApps() {}

    static ScenarioApp start(String version, URI provider, String agentArguments) throws IOException {
        String old = "anthropic-java-" + version;
        List<String> classPath = new ArrayList<>(
                Files.isDirectory(Path.of("target", old))
                        ? ScenarioApp.jarsIn(old)
                        : ScenarioApp.jars(
                                "anthropic-java-core-" + version, "anthropic-java-client-okhttp-" + version));
        classPath.addAll(ScenarioApp.jars(
                "classmate",
                "error_prone_annotations",
                "jackson-",
                "jsonschema-",
                "kotlin-",
                "okhttp-4",
                "okio-",
                "opentelemetry-api",
                "opentelemetry-common",
                "opentelemetry-context",
                "slf4j-api",
                "standardwebhooks",
                "swagger-annotations"));
        return ScenarioApp.start("com.example.anthropic.MessagesApp", classPath, provider, agentArguments);
    }
}
