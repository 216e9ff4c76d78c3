package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library of a shape that no instrumentation knows works as it does without the agent, and so does all else. */
class UnknownVersionIT {

    private static final String SERVICE = """
            package com.openai.services.blocking;
            public class EmbeddingServiceImpl {
                public static class WithRawResponseImpl {
                    public Object create(%s) { return "made of " + 7; }
                }
            }
            """;

    private static final String MAIN = """
            package app;
            import com.openai.services.blocking.EmbeddingServiceImpl;
            public class Main {
                @dev.sonde.annotations.Observe
                static Object ask() { return new EmbeddingServiceImpl.WithRawResponseImpl().create(%s); }
                public static void main(String[] arguments) { System.out.println(ask()); }
            }
            """;

    private static final String PARAMS =
            "com.openai.models.embeddings.EmbeddingCreateParams params," + " com.openai.core.RequestOptions options";

    @TempDir
    private Path folder;

    private OtlpCollector collector;

    @BeforeEach
    void start() {
        collector = OtlpCollector.start();
    }

    @AfterEach
    void stop() {
        collector.assertNothingLeft();
        collector.close();
    }

    @Test
    void hookedMethodTakesOtherParameters_itsHookIsOff() throws Exception {
        Ended ended = run(Map.of(), "String changed", "null", new String[] {"openai-java-core"});

        assertThat(ended.err())
                .containsExactly(
                        "[sonde] on: observations go to " + collector.baseUrl(),
                        "[sonde] openai-java of an unknown version: a hook is off, because"
                                + " com.openai.services.blocking.EmbeddingServiceImpl$WithRawResponseImpl#create"
                                + " takes other parameters than known; doctor lists them all");
    }

    @Test
    void whatHandlersNeedIsNotThere_everyHookIsOff() throws Exception {
        Map<String, String> changed = new HashMap<>();
        changed.put("com/openai/core/ClientOptions.java", """
                package com.openai.core;
                public class ClientOptions { public Object jsonMapper(int changed) { return null; } }
                """);
        changed.put("com/openai/core/RequestOptions.java", "package com.openai.core; public class RequestOptions {}");
        changed.put(
                "com/openai/models/embeddings/EmbeddingCreateParams.java",
                "package com.openai.models.embeddings; public class EmbeddingCreateParams {}");

        Ended ended = run(changed, PARAMS, "null, null", new String[0]);

        assertThat(ended.err())
                .containsExactly(
                        "[sonde] on: observations go to " + collector.baseUrl(),
                        "[sonde] openai-java of an unknown version: all hooks are off, because"
                                + " com.openai.core.ClientOptions#jsonMapper() is not there; doctor lists them all");
    }

    /** Runs the program with the altered classes first on its class path. */
    private Ended run(Map<String, String> changed, String parameters, String arguments, String[] libraries)
            throws Exception {
        Map<String, String> sources = new HashMap<>(changed);
        sources.put("com/openai/services/blocking/EmbeddingServiceImpl.java", SERVICE.formatted(parameters));
        sources.put("app/Main.java", MAIN.formatted(arguments));
        ChildJvm jvm = ChildJvm.own().agent("public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl());
        jvm.classPath(Sources.compile(folder, System.getProperty("java.class.path"), sources));

        Ended ended = jvm.libraries(libraries).run("app.Main");

        assertThat(ended.out()).containsExactly("made of 7");
        assertThat(ended.status()).isZero();
        CollectedObservation ask = collector.take(1).get(0);
        assertThat(ask.name()).isEqualTo("Main.ask");
        assertThat(ask.output()).isEqualTo("made of 7");
        return ended;
    }
}
