package dev.sonde.agent.instrumentation;

import dev.sonde.testkit.LocalProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the tests of one library stand on: the server that it calls, the collector of the agent, and an application
 * under the agent with one version of the library. The application is started when it is first played, again for
 * another version, and again after a test that failed, so that what came late for one test never meets the next. What
 * the collector saw in tests that passed goes into the {@link Compatibility} table.
 *
 * <p>For a static field with {@code @RegisterExtension}; one test at a time.
 */
public final class LibraryBench implements AfterEachCallback, AfterAllCallback {
    private final String library;
    private final String main;
    private final Server server;
    private final ClassPath classPath;
    private final String options;
    private final OtlpCollector collector = OtlpCollector.start().remembering();

    private @Nullable String version;
    private @Nullable ScenarioApp app;

    private LibraryBench(String library, String main, Server server, ClassPath classPath, String options) {
        this.library = library;
        this.main = main;
        this.server = server;
        this.classPath = classPath;
        this.options = options;
    }

    /** The jars that an application with this version of the library needs. */
    @FunctionalInterface
    public interface ClassPath {
        List<String> of(String version) throws IOException;
    }

    /** What the library calls. */
    public interface Server extends AutoCloseable {
        URI baseUrl();

        /** Forgets what the test that ended asked of it and sent to it. */
        void reset();

        @Override
        void close();
    }

    /**
     * A bench.
     *
     * @param library as users name it, for instance the artifact
     * @param main class of the application, see {@link ScenarioApp}
     * @param server is closed with the bench
     */
    public static LibraryBench of(String library, String main, Server server, ClassPath classPath) {
        return new LibraryBench(library, main, server, classPath, "");
    }

    /** A bench with a provider of a known wire, which is told to the application by this address. */
    public static LibraryBench of(
            String library, String main, LocalProvider<?> provider, URI baseUrl, ClassPath classPath) {
        return of(library, main, new Provider(provider, baseUrl), classPath);
    }

    /** The same with options of the agent, such as {@code dedup=all}; no application may have been started yet. */
    public LibraryBench with(String agentOptions) {
        collector.close();
        return new LibraryBench(library, main, server, classPath, options + "," + agentOptions);
    }

    /** Plays a scenario in the application with this version of the library and answers what it says. */
    public String play(String wanted, String scenario) throws IOException, InterruptedException {
        if (app == null || !wanted.equals(version)) {
            stop();
            version = wanted;
            app = ScenarioApp.start(
                    main,
                    classPath.of(wanted),
                    server.baseUrl(),
                    "host=" + collector.baseUrl() + ",public-key=pk,secret-key=sk,flush-interval-millis=50" + options);
        }
        return app.play(scenario);
    }

    /** Takes the one observation that came, waiting for it. */
    public CollectedObservation take() {
        return take(1).get(0);
    }

    /** Takes exactly this many observations, oldest start first, waiting for them. */
    public List<CollectedObservation> take(int count) {
        return collector.take(count);
    }

    public OtlpCollector collector() {
        return collector;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        boolean passed = context.getExecutionException().isEmpty();
        try {
            if (passed) {
                passed = false;
                collector.assertNothingLeft();
                passed = true;
                if (version != null) {
                    Compatibility.saw(library, version, collector.seen());
                }
            }
        } finally {
            if (!passed && app != null) {
                app.kill();
                app = null;
            }
            collector.reset();
            server.reset();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        try {
            stop();
        } finally {
            server.close();
            collector.close();
        }
    }

    private void stop() throws IOException, InterruptedException {
        ScenarioApp running = app;
        app = null;
        if (running != null) {
            running.close();
        }
    }

    private record Provider(LocalProvider<?> provider, URI baseUrl) implements Server {
        @Override
        public void reset() {
            provider.reset();
        }

        @Override
        public void close() {
            provider.close();
        }
    }
}
