package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.OpenAiProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The applications in {@code com.example.lc4j}, each in a JVM of its own, with a chosen version of the library. */
final class LangChain4jApps {
    static final String NEWEST = "1.19.0";
    static final String OLDEST = "1.0.0";
    static final String FIRST_WITH_AGENTS = "1.3.0";

    private LangChain4jApps() {}

    /** A bench for one of them. */
    static LibraryBench bench(String main, OpenAiProvider provider) {
        return LibraryBench.of(
                "LangChain4j", "com.example.lc4j." + main, provider, provider.baseUrl(), LangChain4jApps::classPath);
    }

    /** The library in the wanted version; other libraries are those of the newest. */
    private static List<String> classPath(String version) throws IOException {
        String folder = "langchain4j-" + version;
        List<String> entries = new ArrayList<>(
                Files.isDirectory(Path.of("target", folder))
                        ? ScenarioApp.jarsIn(folder)
                        : ScenarioApp.jars("langchain4j-"));
        entries.addAll(ScenarioApp.jars(
                "openai-java",
                "annotations-13",
                "classmate",
                "jackson-",
                "jsonschema-",
                "jspecify",
                "kotlin-",
                "okhttp-4",
                "okio-",
                "opennlp-tools",
                "slf4j-api",
                "slf4j-nop",
                "swagger-annotations",
                "error_prone_annotations"));
        return entries;
    }
}
