package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.example.shop.Shop;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of {@code docs/start-up.md}: an application with the agent starts from an archive of its classes. */
class ClassArchiveIT {

    @TempDir
    private Path folder;

    private OtlpCollector collector;
    private Path app;
    private Path annotations;

    @BeforeEach
    void start() throws Exception {
        collector = OtlpCollector.start();
        Path classes = Sources.unpack(Path.of("target", "test-classes", "com"), folder.resolve("classes/com"));
        app = Sources.jar(folder.resolve("app.jar"), new Manifest(), Map.of("", classes.getParent()));
        annotations = Sources.jar(
                folder.resolve("annotations.jar"),
                new Manifest(),
                Map.of("", Sources.unpack(ChildJvm.entry("annotations"), folder.resolve("annotations"))));
    }

    @AfterEach
    void stop() {
        collector.reset();
        collector.close();
    }

    @Test
    void archiveMadeWithoutTheAgent_isUsedWithIt() throws Exception {
        Path archive = folder.resolve("app.jsa");

        jvm(ChildJvm.bare()).option("-XX:ArchiveClassesAtExit=" + archive).run(Shop.class.getName());
        assumeThat(archive).as("an archive, which this Java can make").isRegularFile();
        Ended ended = observed(jvm(ChildJvm.bare()).option("-XX:SharedArchiveFile=" + archive));

        assertThat(ended.out())
                .isEqualTo(jvm(ChildJvm.bare()).run(Shop.class.getName()).out());
        Set<String> withAgent = shared();
        jvm(ChildJvm.bare())
                .option("-XX:SharedArchiveFile=" + archive)
                .option("-Xlog:class+load:file=" + folder.resolve("loaded.log"))
                .run(Shop.class.getName());
        Set<String> without = shared();
        int all = without.size();
        without.removeAll(withAgent);
        assertThat(all).isGreaterThan(400);
        // the woven ones: Shop with what it nests, and the JDK's executors and futures
        assertThat(without)
                .as("classes that the agent keeps out of the archive")
                .hasSizeLessThan(all / 20);
    }

    @Test
    void cacheTrainedWithTheAgent_isUsedWithIt() throws Exception {
        String home = System.getenv("JAVA25_HOME");
        assumeThat(home).as("JAVA25_HOME").isNotNull();
        Path cache = folder.resolve("app.aot");

        jvm(ChildJvm.empty(Path.of(home)))
                .agent(keys())
                .option("-XX:AOTCacheOutput=" + cache)
                .run(Shop.class.getName());
        assertThat(cache).isRegularFile();
        Ended ended = observed(jvm(ChildJvm.empty(Path.of(home))).option("-XX:AOTCache=" + cache));

        assertThat(ended.out())
                .isEqualTo(jvm(ChildJvm.bare()).run(Shop.class.getName()).out());
        assertThat(shared().size() * 100 / loaded().size()).isGreaterThan(85);
    }

    /** Runs the program under the agent and holds it against what must be so with every archive. */
    private Ended observed(ChildJvm jvm) throws Exception {
        collector.reset();
        Ended ended = jvm.agent(keys())
                .option("-Xlog:class+load:file=" + folder.resolve("loaded.log"))
                .run(Shop.class.getName());

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .as("no warning")
                .containsExactly("[sonde] on: observations go to " + collector.baseUrl());
        assertThat(collector.observations())
                .extracting(CollectedObservation::name)
                .contains("answer");
        return ended;
    }

    private ChildJvm jvm(ChildJvm jvm) {
        return jvm.classPath(app).classPath(annotations);
    }

    private List<String> loaded() throws Exception {
        return Files.readAllLines(folder.resolve("loaded.log")).stream()
                .filter(line -> line.contains(" source: "))
                .toList();
    }

    /** Names of classes that came out of an archive. */
    private Set<String> shared() throws Exception {
        Set<String> names = new HashSet<>();
        for (String line : loaded()) {
            if (line.contains("shared objects file")) {
                names.add(line.replaceAll(".*\\] | source: .*", ""));
            }
        }
        return names;
    }

    private String keys() {
        return "public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl();
    }
}
