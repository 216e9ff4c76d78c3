package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.ByHand;
import com.example.shop.Closed;
import com.example.shop.Crowd;
import com.example.shop.Hello;
import com.example.shop.Neighbours;
import com.example.shop.Shop;
import com.fasterxml.jackson.core.JsonFactory;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent does to a process besides observing it: as good as nothing. */
class AgentIT {

    private static final long MAX_JAR_BYTES = 6L << 20;

    private OtlpCollector collector;
    private String keys;

    @BeforeEach
    void start() {
        collector = OtlpCollector.start();
        keys = "public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl();
    }

    @AfterEach
    void stop() {
        collector.assertNothingLeft();
        collector.close();
    }

    @Test
    void withoutKeys_saysSoInOneLineAndDoesNothing() throws Exception {
        Ended ended = ChildJvm.own().agent("").run(Shop.class.getName());

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).containsExactly("[sonde] off: sonde.public-key and sonde.secret-key are not set");
        assertThat(ended.out())
                .isEqualTo(ChildJvm.own().run(Shop.class.getName()).out());
    }

    @Test
    void disabled_saysNothing() throws Exception {
        Ended ended = ChildJvm.own().agent(keys).option("-Dsonde.enabled=false").run(Shop.class.getName());

        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
    }

    @Test
    void nothingToObserve_loadsNoWeaver() throws Exception {
        Ended ended =
                ChildJvm.own().agent(keys).option("-Xlog:class+load:stdout").run(Hello.class.getName());

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).anyMatch(line -> line.contains("dev.sonde.agent.CandidateTransformer "));
        assertThat(ended.out())
                .noneMatch(line -> line.contains("net.bytebuddy.")
                        || line.contains("dev.sonde.boot.")
                        || line.contains("dev.sonde.agent.isolated.")
                        || line.contains("java.util.logging.Logger ")
                        || line.contains("java.lang.management."));
    }

    @Test
    void exitStatus_isTheProgrammes() throws Exception {
        assertThat(ChildJvm.own().agent(keys).run(Hello.class.getName(), "3").status())
                .isEqualTo(3);
    }

    @Test
    void badOption_leavesTheProgrammeAlone() throws Exception {
        Ended ended = ChildJvm.own().agent(keys + ",queue-capacity=0").run(Shop.class.getName());

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .hasSize(2)
                .last()
                .asString()
                .contains("off:")
                .contains("queue-capacity: 0 (expected: 16 to 16777216)");
        assertThat(ended.out())
                .isEqualTo(ChildJvm.own().run(Shop.class.getName()).out());
    }

    @Test
    void agentTwice_observesOnce() throws Exception {
        Ended ended = ChildJvm.own().agent(keys).agent(keys).run(Shop.class.getName());

        assertThat(ended.err()).containsExactly("[sonde] on: observations go to " + collector.baseUrl());
        assertThat(collector.observations())
                .extracting(CollectedObservation::name)
                .filteredOn("answer"::equals)
                .hasSize(1);
        collector.reset();
    }

    @Test
    void manyFirstCallsAtOnce_allFindTheirParent() throws Exception {
        Ended ended = ChildJvm.own().agent(keys).run(Crowd.class.getName());

        assertThat(ended.out()).containsExactly("done");
        assertThat(ended.status()).isZero();
        List<CollectedObservation> all = collector.take(2 * Crowd.THREADS);
        assertThat(all).filteredOn(call -> call.parentId() == null).hasSize(Crowd.THREADS);
        for (CollectedObservation inner : all) {
            if (inner.parentId() != null) {
                assertThat(inner.name()).isEqualTo("Worker.inner");
                assertThat(all)
                        .filteredOn(outer -> outer.id().equals(inner.parentId()))
                        .singleElement()
                        .satisfies(outer -> assertThat(outer.input()).isEqualTo(inner.input()));
            }
        }
    }

    @Test
    void loaderThatHidesTheBootstrapPackage_isNamedAndLeftAlone() throws Exception {
        Ended ended = ChildJvm.own().agent(keys).run(Closed.class.getName());

        assertThat(ended.out()).containsExactly("7");
        assertThat(ended.err())
                .containsExactly(
                        "[sonde] on: observations go to " + collector.baseUrl(),
                        "[sonde] nothing is observed in com.example.shop.Closed$ClosedLoader:"
                                + " it does not delegate dev.sonde.boot to the bootstrap loader");
    }

    @Test
    void facadeAlone_observes() throws Exception {
        Ended ended = ChildJvm.own().agent(keys).run(ByHand.class.getName());

        assertThat(ended.out()).containsExactly("active true", "trace true");
        CollectedObservation inner = collector.takeNamed("inner");
        CollectedObservation outer = collector.takeNamed("outer");
        assertThat(inner.parentId()).isEqualTo(outer.id());
        assertThat(outer.type()).isEqualTo("agent");
        assertThat(inner.userId()).isEqualTo("ada");
    }

    @Test
    void librariesOfTheAgent_areInvisible() throws Exception {
        Ended ended = ChildJvm.own().agent(keys).run(Neighbours.class.getName());

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).hasSize(8).allMatch(line -> line.endsWith(" none") || line.equals("null"));
        collector.take(7);
    }

    @Test
    void librariesOfTheApplication_areItsOwn() throws Exception {
        Path own = Path.of(JsonFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        Ended ended = ChildJvm.own().agent(keys).classPath(own).run(Neighbours.class.getName());

        assertThat(ended.out())
                .contains(
                        "com.fasterxml.jackson.core.JsonFactory " + own.toFile().toURI());
        collector.take(7);
    }

    @Test
    void modularApplication_isObserved(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("source");
        Path modules = folder.resolve("modules");
        Files.createDirectories(source.resolve("shop"));
        Files.writeString(source.resolve("module-info.java"), "module shop { requires static sonde.annotations; }");
        Files.writeString(source.resolve("shop/Main.java"), """
                package shop;
                public class Main {
                    @dev.sonde.annotations.Observe
                    static String ask(String what) { return what + "?"; }
                    public static void main(String[] arguments) {
                        System.out.println(ask("milk") + Main.class.getModule().isNamed());
                    }
                }
                """);
        Path annotations = jarOfAnnotations(folder.resolve("sonde-annotations.jar"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-p",
                        annotations.toString(),
                        "-d",
                        modules.toString(),
                        source.resolve("module-info.java").toString(),
                        source.resolve("shop/Main.java").toString());

        Ended ended = ChildJvm.own()
                .agent(keys)
                .option("--module-path=" + modules)
                .option("--add-modules=shop")
                .option("-Dunused=true")
                .run("-m", "shop/shop.Main");

        assertThat(compiled).isZero();
        assertThat(ended.out()).containsExactly("milk?true");
        CollectedObservation ask = collector.take(1).get(0);
        assertThat(ask.name()).isEqualTo("Main.ask");
        // compiled without a local variable table: names by position
        assertThat(ask.input()).isEqualTo("milk");
        assertThat(ask.output()).isEqualTo("milk?");
    }

    @Test
    void jar_isSmallAndShowsOnlyItsOwnClasses() throws Exception {
        assertThat(Files.size(ChildJvm.AGENT)).isLessThan(MAX_JAR_BYTES);
        try (JarFile jar = new JarFile(ChildJvm.AGENT.toFile())) {
            List<String> names = jar.stream().map(JarEntry::getName).toList();

            assertThat(names)
                    .filteredOn(name -> name.endsWith(".class"))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("dev/sonde/(agent|boot)/[^/]+\\.class"));
            assertThat(names)
                    .filteredOn(name -> name.startsWith("META-INF/"))
                    .containsExactlyInAnyOrder("META-INF/", "META-INF/MANIFEST.MF");
            assertThat(names)
                    .filteredOn(name -> !name.endsWith("/") && !name.startsWith("META-INF/"))
                    .allMatch(name -> name.startsWith("dev/sonde/") || name.startsWith("inst/"));
        }
    }

    /** An automatic module with the annotations' classes. */
    private static Path jarOfAnnotations(Path jar) throws Exception {
        Path classes = Path.of(dev.sonde.annotations.Observe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isRegularFile(classes)) {
            return Files.copy(classes, jar);
        }
        int status = java.util.spi.ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertThat(status).isZero();
        return jar;
    }
}
