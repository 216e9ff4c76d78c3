package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.example.shop.Hello;
import com.example.shop.Shop;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent where applications really run: under other class loaders, other paths, other ways to start. */
class EnvironmentsIT {

    private static final String OBSERVED = """
            package app;
            import dev.sonde.annotations.Observe;
            public class %1$s {
                @Observe
                public static String ask(String what) {
                    dev.sonde.Sonde.trace().userId("%1$s");
                    return what + "?";
                }
                public static void main(String[] arguments) {
                    System.out.println(ask("%1$s") + dev.sonde.Sonde.isActive());
                }
            }
            """;

    private static final Path CONTAINERS = Path.of("target", "containers").toAbsolutePath();
    private static final Path TOMCAT = CONTAINERS.resolve("tomcat-embed-core.jar");

    /** Starts a web application for each folder and asks each for its page. */
    private static final String CONTAINER = """
            package web;
            import java.io.File;
            import java.net.URI;
            import java.net.http.HttpClient;
            import java.net.http.HttpRequest;
            import java.net.http.HttpResponse;
            import org.apache.catalina.Context;
            import org.apache.catalina.startup.Tomcat;
            public class Container {
                public static void main(String[] arguments) throws Exception {
                    File base = new File(arguments[0]);
                    Tomcat tomcat = new Tomcat();
                    tomcat.setBaseDir(base.toString());
                    tomcat.setPort(0);
                    tomcat.setSilent(true);
                    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
                    Object[] annotations = new Object[2];
                    int i = 0;
                    tomcat.getConnector();
                    Context[] contexts = new Context[2];
                    for (String name : new String[] {"first", "second"}) {
                        Context context = tomcat.addContext("/" + name, new File(base, "webapps/" + name).toString());
                        context.setParentClassLoader(Container.class.getClassLoader());
                        Tomcat.addServlet(context, "page", "app.Page");
                        context.addServletMappingDecoded("/page", "page");
                        contexts[i++] = context;
                    }
                    tomcat.start();
                    for (String name : new String[] {"first", "second"}) {
                        URI page = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/" + name
                                + "/page");
                        System.out.println(HttpClient.newHttpClient()
                                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                                .body());
                    }
                    for (int k = 0; k < 2; k++) {
                        annotations[k] = contexts[k].getLoader().getClassLoader().loadClass("dev.sonde.Sonde");
                    }
                    System.out.println("apart " + (annotations[0] != annotations[1]));
                    tomcat.stop();
                    tomcat.destroy();
                }
            }
            """;

    @TempDir
    private Path folder;

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
    void springBootJar_nestedClassesAreObserved() throws Exception {
        Path classes = compile("Nested");
        Path annotations = Sources.jar(
                folder.resolve("sonde-annotations.jar"),
                new Manifest(),
                Map.of("", Sources.unpack(annotations(), folder.resolve("annotations"))));
        Path launcher = Sources.unpack(CONTAINERS.resolve("spring-boot-loader.jar"), folder.resolve("launcher"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(Attributes.Name.MAIN_CLASS, "org.springframework.boot.loader.launch.JarLauncher");
        manifest.getMainAttributes().putValue("Start-Class", "app.Nested");
        manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        Map<String, Path> content = new LinkedHashMap<>();
        content.put("", launcher);
        content.put("BOOT-INF/classes/", classes);
        content.put("BOOT-INF/lib/sonde-annotations.jar", annotations);
        Path app = Sources.jar(folder.resolve("boot app.jar"), manifest, content);

        Ended ended = ChildJvm.own().agent(keys).runJar(app);

        assertThat(ended.err()).containsExactly(on());
        assertThat(ended.out()).containsExactly("Nested?true");
        assertAsked("Nested");
    }

    @Test
    void twoWebApplications_eachWithItsOwnAnnotations_areObserved() throws Exception {
        Path server = folder.resolve("server");
        String servlets = System.getProperty("java.class.path") + File.pathSeparator + TOMCAT;
        for (String name : List.of("first", "second")) {
            Path webInf = server.resolve("webapps").resolve(name).resolve("WEB-INF");
            Path classes =
                    Sources.compile(folder.resolve(name), servlets, Map.of("app/Page.java", """
                    package app;
                    import dev.sonde.Sonde;
                    import dev.sonde.annotations.Observe;
                    import jakarta.servlet.http.HttpServlet;
                    import jakarta.servlet.http.HttpServletRequest;
                    import jakarta.servlet.http.HttpServletResponse;
                    public class Page extends HttpServlet {
                        @Observe
                        String ask(String what) {
                            Sonde.trace().userId("%s");
                            return what + "?" + Sonde.isActive();
                        }
                        @Override
                        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                                throws java.io.IOException {
                            response.getWriter().print(ask("%1$s"));
                        }
                    }
                    """.formatted(name)));
            Sources.unpack(classes, webInf.resolve("classes"));
            Sources.unpack(annotations(), webInf.resolve("classes"));
        }

        Ended ended = ChildJvm.bare()
                .agent(keys)
                .classPath(TOMCAT)
                .classPath(CONTAINERS.resolve("tomcat-annotations-api.jar"))
                .classPath(
                        Sources.compile(folder.resolve("container"), servlets, Map.of("web/Container.java", CONTAINER)))
                .run("web.Container", server.toString());

        assertThat(ended.out()).containsExactly("first?true", "second?true", "apart true");
        List<CollectedObservation> asked = collector.take(2);
        assertThat(asked).extracting(CollectedObservation::name).containsOnly("Page.ask");
        assertThat(asked).extracting(CollectedObservation::userId).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void agentJarWithSpacesAndLetters_starts() throws Exception {
        Path jar = Files.copy(
                ChildJvm.AGENT,
                Files.createDirectories(folder.resolve("mein Ordner größer")).resolve("sonde agent ü.jar"));

        Ended ended = ChildJvm.own()
                .environment("LC_ALL", "C.UTF-8")
                .option("-javaagent:" + jar + "=" + keys)
                .run(Shop.class.getName());

        assertThat(ended.err()).containsExactly(on());
        assertThat(collector.observations())
                .extracting(CollectedObservation::name)
                .contains("answer");
        collector.reset();
    }

    @Test
    void javaToolOptions_withSpacesInThePath_observes() throws Exception {
        Path jar = Files.copy(
                ChildJvm.AGENT,
                Files.createDirectories(folder.resolve("with space")).resolve("sonde-agent.jar"));

        Ended ended = ChildJvm.own()
                .environment("JAVA_TOOL_OPTIONS", "\"-javaagent:" + jar + "=" + keys + "\" -Dother=1")
                .run(Shop.class.getName());

        assertThat(ended.err()).filteredOn(line -> line.startsWith("[sonde]")).containsExactly(on());
        assertThat(collector.observations())
                .extracting(CollectedObservation::name)
                .contains("answer");
        collector.reset();
    }

    @Test
    void optionsFromTheEnvironmentAlone_observe() throws Exception {
        Ended ended = ChildJvm.own()
                .agent("")
                .environment("LANGFUSE_PUBLIC_KEY", "pk-lf-test")
                .environment("LANGFUSE_SECRET_KEY", "sk-lf-test")
                .environment("LANGFUSE_BASE_URL", collector.baseUrl().toString())
                .run(Shop.class.getName());

        assertThat(ended.err()).containsExactly(on());
        assertThat(collector.observations())
                .extracting(CollectedObservation::name)
                .contains("answer");
        collector.reset();
    }

    @Test
    void nothingCanBeWritten_observesAllTheSame() throws Exception {
        Path readOnly = Files.createDirectories(folder.resolve("read-only"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));

        Ended ended = ChildJvm.own()
                .agent(keys)
                .option("-Djava.io.tmpdir=" + readOnly.resolve("none"))
                .option("-Duser.home=" + readOnly.resolve("none"))
                .environment("HOME", readOnly.resolve("none").toString())
                .run(Shop.class.getName());

        assertThat(ended.err())
                .filteredOn(line -> !line.startsWith("WARNING: java.io.tmpdir"))
                .containsExactly(on());
        assertThat(collector.observations())
                .extracting(CollectedObservation::name)
                .contains("answer");
        assertThat(readOnly).isEmptyDirectory();
        collector.reset();
    }

    @Test
    void everyJavaThatIsHere_startsWithTheAgent() throws Exception {
        for (String variable : List.of("JAVA21_HOME", "JAVA25_HOME")) {
            String home = System.getenv(variable);
            if (home != null) {
                Ended ended = ChildJvm.of(Path.of(home)).agent(keys).run(Hello.class.getName(), "3");

                assertThat(ended.status()).as(variable).isEqualTo(3);
                assertThat(ended.err()).containsExactly(on());
            }
        }
        assumeThat(System.getenv("JAVA21_HOME")).as("JAVA21_HOME").isNotNull();
    }

    private Path compile(String name) throws Exception {
        return Sources.compile(
                folder.resolve(name),
                System.getProperty("java.class.path"),
                Map.of("app/" + name + ".java", OBSERVED.formatted(name)));
    }

    private static Path annotations() {
        return ChildJvm.entry("annotations");
    }

    private void assertAsked(String what) {
        CollectedObservation ask = collector.take(1).get(0);
        assertThat(ask.name()).isEqualTo(what + ".ask");
        assertThat(ask.input()).isEqualTo(what);
        assertThat(ask.output()).isEqualTo(what + "?");
        assertThat(ask.userId()).isEqualTo(what);
    }

    private String on() {
        return "[sonde] on: observations go to " + collector.baseUrl();
    }
}
