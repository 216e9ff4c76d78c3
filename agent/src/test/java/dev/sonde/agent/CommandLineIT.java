package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.example.shop.Counter;
import com.openai.core.RequestOptions;
import com.sun.net.httpserver.HttpServer;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.agent.ChildJvm.Running;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar sonde-agent.jar}. */
class CommandLineIT {

    private static final String CLASSES =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final String KEYS = "public-key=pk-lf-test,secret-key=sk-lf-test";

    @TempDir
    private Path folder;

    private HttpServer server;
    private String host;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String known =
                "Basic " + Base64.getEncoder().encodeToString("pk-lf-test:sk-lf-test".getBytes(StandardCharsets.UTF_8));
        server.createContext("/api/public/projects", exchange -> {
            boolean knows = known.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(knows ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
        host = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void help_namesEveryCommand() throws Exception {
        Ended ended = run("help");

        assertThat(ended.status()).isZero();
        assertThat(String.join("\n", ended.out())).contains("doctor", "attach <pid>", "version", "-javaagent");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void version_isTheJars() throws Exception {
        Ended ended = run("version");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).hasSize(1).first().asString().matches("sonde-agent \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void wrongCalls_endWithTwoAndSayWhy() throws Exception {
        assertThat(run().err()).contains("sonde-agent: a command is missing");
        assertThat(run("cure").status()).isEqualTo(2);
        assertThat(run("cure").err()).contains("sonde-agent: unknown: cure");
        assertThat(run("doctor").err()).contains("sonde-agent: doctor needs --cp, --jar or --pid");
        assertThat(run("doctor", "--pid", "me").err()).contains("sonde-agent: no process id: me");
        assertThat(run("attach").status()).isEqualTo(2);
    }

    @Test
    void doctor_healthy_listsHooksMethodsOptionsAndServer() throws Exception {
        Ended ended = run("doctor", "--cp", CLASSES + File.pathSeparator + openAiJar(), "-v", KEYS + ",host=" + host);

        assertThat(ended.status()).as(String.join("\n", ended.out())).isZero();
        assertThat(ended.out())
                .anyMatch(line -> line.matches(
                        "  openai-java: \\d+\\.\\d+\\.\\d+ \\(openai-java-core-.*\\), 34 of 34 hooks bound"))
                .contains(
                        "    bound  com.openai.services.blocking.chat.ChatCompletionServiceImpl$WithRawResponseImpl#create")
                .contains("    com.example.shop.Counter#answer(Ljava/lang/String;)Ljava/lang/String;")
                .contains("  " + host + " answers and knows the keys")
                .contains("All is well.")
                .anyMatch(line -> line.matches("  secret-key +\\*\\*\\* +agent argument"))
                .anyMatch(line -> line.matches("  flush-at +512 +default"))
                .noneMatch(line -> line.contains("sk-lf-test"));
    }

    @Test
    void doctor_wrongKeys_saysSo() throws Exception {
        Ended ended = run("doctor", "--cp", CLASSES, "public-key=pk,secret-key=sk-wrong,host=" + host);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("! " + host + " answers, but does not know the keys (status 401)")
                .noneMatch(line -> line.contains("sk-wrong"));
    }

    @Test
    void doctor_nothingConfiguredAndNobodyThere_saysSo() throws Exception {
        Ended ended = ChildJvm.own()
                .environment("SONDE_HOST", "http://127.0.0.1:1")
                .runJar(ChildJvm.AGENT, "doctor", "--cp", CLASSES);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("! public-key and secret-key must both be set; without them nothing will be observed")
                .anyMatch(line -> line.startsWith("! http://127.0.0.1:1 does not answer: "))
                .anyMatch(line -> line.matches("  host +http://127.0.0.1:1 +environment SONDE_HOST"));
    }

    @Test
    void doctor_badOption_namesValueAndRule() throws Exception {
        Ended ended = run("doctor", "--cp", CLASSES, KEYS + ",flush-at=0");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("! flush-at: 0 (expected: 1 to 1048576); nothing will be observed");
    }

    @Test
    void doctor_jarWithNestedJars_looksIntoThem() throws Exception {
        Path classes = Sources.compile(folder, System.getProperty("java.class.path"), Map.of("app/Main.java", """
                package app;
                public class Main {
                    @dev.sonde.annotations.Observe
                    static void main() {}
                }
                """));
        Path nested = Sources.jar(folder.resolve("part-2.5.jar"), new Manifest(), Map.of("", classes));
        Path app = Sources.jar(
                folder.resolve("app.jar"),
                new Manifest(),
                Map.of("BOOT-INF/lib/part-2.5.jar", nested, "BOOT-INF/lib/openai-java-core-0.jar", openAiJar()));

        Ended ended = run("doctor", "--jar", app.toString(), "-v", "--no-server", KEYS);

        assertThat(ended.status()).as(String.join("\n", ended.out())).isZero();
        assertThat(ended.out())
                .contains("    app.Main#main()V", "  1 in 1 classes")
                .anyMatch(line -> line.contains("34 of 34 hooks bound"))
                .doesNotContain("Server");
    }

    @Test
    void doctor_libraryOfAnotherShape_saysWhichHookIsOff() throws Exception {
        Path classes = Sources.compile(
                folder, openAiJar().toString(), Map.of("com/openai/services/blocking/EmbeddingServiceImpl.java", """
                package com.openai.services.blocking;
                public class EmbeddingServiceImpl {
                    public static class WithRawResponseImpl {
                        public Object create(String changed) { return changed; }
                    }
                }
                """));

        Ended ended = run("doctor", "--cp", classes.toString(), "--no-server", KEYS);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("!   com.openai.core.ClientOptions#jsonMapper() is not there,"
                        + " and without it nothing of the library is observed")
                .contains("!   off    com.openai.services.blocking.EmbeddingServiceImpl$WithRawResponseImpl#create:"
                        + " method signature unknown")
                .contains("    off    com.openai.services.async.EmbeddingServiceAsyncImpl$WithRawResponseImpl#create:"
                        + " class missing")
                .contains("  openai-java: unknown version (classes), 0 of 34 hooks bound");
    }

    @Test
    void doctor_process_readsItsClassPathAndOptions() throws Exception {
        try (Running app = ChildJvm.own()
                .option("-Dsonde.public-key=pk-lf-test")
                .environment("SONDE_SECRET_KEY", "sk-lf-test")
                .start(Counter.class.getName())) {
            app.say("ready");
            app.awaitLine("READYfalse");

            Ended ended = run("doctor", "--pid", String.valueOf(app.process().pid()), "-v", "--no-server");

            assertThat(ended.out())
                    .contains("    com.example.shop.Counter#answer(Ljava/lang/String;)Ljava/lang/String;")
                    .anyMatch(line ->
                            line.startsWith("  process " + app.process().pid()) && line.endsWith(", not observed"))
                    .anyMatch(line -> line.matches("  public-key +pk-lf-test +system property sonde.public-key"));
        }
    }

    @Test
    void doctor_processThatIsNotThere_saysSo() throws Exception {
        Ended ended = run("doctor", "--pid", "999999999");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).anyMatch(line -> line.startsWith("process 999999999 cannot be attached to: "));
    }

    @Test
    void attach_observesLoadedClasses_once() throws Exception {
        attachObserves(ChildJvm.own());
    }

    @Test
    void attach_java25_observesLoadedClasses_once() throws Exception {
        String home = System.getenv("JAVA25_HOME");
        assumeThat(home).as("JAVA25_HOME").isNotNull();

        attachObserves(ChildJvm.of(Path.of(home)).option("-XX:+EnableDynamicAgentLoading"));
    }

    @Test
    void attach_withoutKeys_saysThatNothingIsObserved() throws Exception {
        try (Running app = ChildJvm.own().start(Counter.class.getName())) {
            app.say("one");
            app.awaitLine("ONEfalse");

            Ended ended = run("attach", String.valueOf(app.process().pid()));

            assertThat(ended.status()).isEqualTo(1);
            assertThat(app.err()).containsExactly("[sonde] off: sonde.public-key and sonde.secret-key are not set");
        }
    }

    private void attachObserves(ChildJvm jvm) throws Exception {
        try (OtlpCollector collector = OtlpCollector.start();
                Running app = jvm.start(Counter.class.getName())) {
            String pid = String.valueOf(app.process().pid());
            app.say("one");
            app.awaitLine("ONEfalse");

            Ended first = run("attach", pid, KEYS + ",host=" + collector.baseUrl());
            app.say("two");
            app.awaitLine("TWOtrue");
            Ended second = run("attach", pid, KEYS + ",host=" + collector.baseUrl());
            app.say("three");
            app.awaitLine("THREEtrue");
            app.process().getOutputStream().close();

            assertThat(app.await().status()).isZero();
            assertThat(first.out()).containsExactly("process " + pid + " is observed from now on");
            assertThat(first.status()).isZero();
            assertThat(second.out()).containsExactly("process " + pid + " is observed already; nothing was changed");
            assertThat(second.status()).isZero();
            assertThat(app.err()).containsExactly("[sonde] on: observations go to " + collector.baseUrl());
            assertThat(collector.take(4))
                    .extracting(CollectedObservation::name)
                    .containsExactlyInAnyOrder("Counter.answer", "Voice.shout", "Counter.answer", "Voice.shout");
        }
    }

    private Ended run(String... arguments) throws Exception {
        return ChildJvm.own().runJar(ChildJvm.AGENT, arguments);
    }

    private static Path openAiJar() throws Exception {
        return Path.of(RequestOptions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
