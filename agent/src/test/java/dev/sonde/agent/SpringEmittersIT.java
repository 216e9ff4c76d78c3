package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observed methods that return Spring's emitters and deferred results, with the real classes and no server. */
class SpringEmittersIT {

    private static final Path JARS = Path.of("target", "containers").toAbsolutePath();

    private static final String PROGRAM = """
            package web;
            import dev.sonde.Sonde;
            import dev.sonde.annotations.Observe;
            import dev.sonde.annotations.ObservationType;
            import org.springframework.web.context.request.async.DeferredResult;
            import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
            import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
            public class Program {
                @Observe(type = ObservationType.GENERATION) static ResponseBodyEmitter words() { return new ResponseBodyEmitter(); }
                @Observe static SseEmitter events() { return new SseEmitter(); }
                @Observe static ResponseBodyEmitter atOnce() throws Exception {
                    ResponseBodyEmitter emitter = new ResponseBodyEmitter();
                    emitter.send("all at once");
                    emitter.complete();
                    return emitter;
                }
                @Observe static DeferredResult<String> later() { return new DeferredResult<>(); }
                @Observe static DeferredResult<String> never() { return new DeferredResult<>(); }

                public static void main(String[] arguments) throws Exception {
                    // somebody else's emitter makes the class load before anything is observed
                    new ResponseBodyEmitter().complete();
                    Sonde.event("begin", null);
                    Thread.sleep(1000); // woven on a thread of its own
                    ResponseBodyEmitter words = words();
                    words.send("one ");
                    words.send("two");
                    words.complete();
                    SseEmitter events = events();
                    events.completeWithError(new IllegalStateException("gone"));
                    atOnce();
                    DeferredResult<String> later = later();
                    boolean[] handled = new boolean[1];
                    later.setResultHandler(result -> handled[0] = true);
                    later.setResult("now");
                    later().setErrorResult("refused");
                    never();
                    for (int i = 0; i < 20; i++) {
                        System.gc();
                        Thread.sleep(20);
                    }
                    System.out.println(handled[0] + " " + later.getResult());
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void emitters_endWhenTheApplicationSaysSo() throws Exception {
        String path = System.getProperty("java.class.path");
        try (Stream<Path> jars = Files.list(JARS)) {
            path = path
                    + File.pathSeparator
                    + String.join(
                            File.pathSeparator,
                            jars.map(Path::toString).sorted().toList());
        }
        Path classes = Sources.compile(folder, path, Map.of("web/Program.java", PROGRAM));
        try (OtlpCollector collector = OtlpCollector.start()) {
            ChildJvm jvm = ChildJvm.bare()
                    .agent("public-key=pk,secret-key=sk,host=" + collector.baseUrl())
                    .classPath(classes);
            for (String entry : path.split(File.pathSeparator, -1)) {
                jvm.classPath(Path.of(entry));
            }
            Ended ended = jvm.run("web.Program");

            assertThat(ended.out()).as(String.join("\n", ended.err())).containsExactly("true now");
            List<CollectedObservation> all = collector.observations();
            CollectedObservation words = one(all, "words");
            assertThat(words.output()).isEqualTo("one two");
            assertThat(words.completionStart()).isNotNull();
            assertThat(one(all, "events").level()).isEqualTo("ERROR");
            assertThat(one(all, "events").message()).isEqualTo("IllegalStateException: gone");
            assertThat(one(all, "atOnce").output()).isEqualTo("all at once");
            List<CollectedObservation> later =
                    all.stream().filter(o -> o.name().equals("Program.later")).toList();
            assertThat(later.get(0).output()).isEqualTo("now");
            assertThat(later.get(1).message()).endsWith("refused");
            assertThat(one(all, "never").level()).isEqualTo("WARNING");
            assertThat(one(all, "never").message()).isEqualTo("abandoned");
        }
    }

    private static CollectedObservation one(List<CollectedObservation> all, String method) {
        return all.stream()
                .filter(o -> o.name().equals("Program." + method))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " is not among "
                        + all.stream().map(CollectedObservation::name).toList()));
    }
}
