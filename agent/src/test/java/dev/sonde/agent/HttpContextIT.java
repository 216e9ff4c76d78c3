package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace through two threads that only HTTP connects: real clients, a real servlet container. */
class HttpContextIT {

    private static final Path JARS = Path.of("target", "containers").toAbsolutePath();

    private static final String SERVICE = """
            package web;
            import dev.sonde.Sonde;
            import dev.sonde.annotations.Observe;
            import jakarta.servlet.http.*;
            import java.net.URI;
            import java.net.http.*;
            import java.nio.file.Files;
            import java.util.concurrent.*;
            import org.apache.catalina.startup.Tomcat;
            import org.apache.hc.client5.http.classic.methods.HttpGet;
            import org.apache.hc.client5.http.impl.classic.HttpClients;
            import org.apache.hc.core5.http.io.entity.EntityUtils;
            public class Service extends HttpServlet {
                static String base;

                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws java.io.IOException {
                    String way = request.getParameter("way");
                    String header = request.getHeader("traceparent");
                    response.getWriter().print(way.equals("idle") ? "idle" : served(way) + (header == null ? " without" : ""));
                }

                @Observe String served(String way) { return "served " + way; }

                @Observe(name = "asks") static String ask(String way, Callable<String> call) throws Exception { return call.call(); }

                static reactor.core.publisher.Mono<Void> reactive(org.springframework.web.server.ServerWebExchange exchange) {
                    return later(exchange.getRequest().getQueryParams().getFirst("way"))
                            .publishOn(reactor.core.scheduler.Schedulers.parallel())
                            .flatMap(answer -> exchange.getResponse().writeWith(reactor.core.publisher.Mono.just(
                                    exchange.getResponse().bufferFactory().wrap(answer.getBytes()))));
                }

                @Observe static reactor.core.publisher.Mono<String> later(String way) {
                    return reactor.core.publisher.Mono.fromSupplier(() -> "later " + way);
                }

                static String jdk(HttpClient client, String way, String... headers) throws Exception {
                    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + way));
                    if (headers.length > 0) { request.headers(headers); }
                    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
                }

                public static void main(String[] arguments) throws Exception {
                    Tomcat tomcat = new Tomcat();
                    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
                    tomcat.setPort(0);
                    Tomcat.addServlet(tomcat.addContext("", null), "service", new Service()).addMapping("/");
                    var reactive = new org.springframework.http.server.reactive.ServletHttpHandlerAdapter(
                            org.springframework.web.server.adapter.WebHttpHandlerBuilder.webHandler(Service::reactive).build());
                    var wrapper = Tomcat.addServlet((org.apache.catalina.Context) tomcat.getHost().findChildren()[0], "reactive", reactive);
                    wrapper.setAsyncSupported(true);
                    ((org.apache.catalina.Context) wrapper.getParent()).addServletMappingDecoded("/reactive/*", "reactive");
                    tomcat.start();
                    base = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/?way=";
                    HttpClient jdk = HttpClient.newHttpClient();
                    System.out.println(ask("jdk", () -> jdk(jdk, "jdk")));
                    System.out.println(ask("jdk async", () -> jdk.sendAsync(
                                    HttpRequest.newBuilder(URI.create(base + "jdkasync")).build(),
                                    HttpResponse.BodyHandlers.ofString()).get().body()));
                    okhttp3.OkHttpClient ok = new okhttp3.OkHttpClient();
                    System.out.println(ask("okhttp", () -> ok.newCall(new okhttp3.Request.Builder().url(base + "okhttp").build())
                                    .execute().body().string()));
                    try (var apache = HttpClients.createDefault()) {
                        System.out.println(ask("apache", () -> apache.execute(new HttpGet(base + "apache"),
                                response -> EntityUtils.toString(response.getEntity()))));
                    }
                    var spring = new org.springframework.web.client.RestTemplate();
                    System.out.println(ask("spring", () -> spring.getForObject(base + "spring", String.class)));
                    var web = org.springframework.web.reactive.function.client.WebClient.builder()
                            .clientConnector(new org.springframework.http.client.reactive.JdkClientHttpConnector(jdk)).build();
                    System.out.println(ask("webclient", () -> web.get().uri(base + "webclient").retrieve()
                            .bodyToMono(String.class).block()));
                    String servlet = base;
                    base = base.replace("/?", "/reactive/x?");
                    System.out.println(ask("webflux", () -> jdk(jdk, "webflux")));
                    base = servlet;
                    System.out.println(ask("other tracer", () -> jdk(jdk, "other",
                                    "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
                    System.out.println(jdk(jdk, "malformed", "traceparent", "00-zz-b7ad6b7169203331-01"));
                    System.out.println(jdk(jdk, "nobody"));
                    System.out.println(jdk(jdk, "idle"));
                    System.out.println(ask("header", () -> String.valueOf(Sonde.traceparent().isPresent())));
                    try (var scope = Sonde.propagate().userId("Ada Löw").tags("x").asBaggage().start()) {
                        for (String way : new String[] {"bagjdk", "bagok"}) {
                            ask(way, () -> way.equals("bagjdk") ? jdk(jdk, way)
                                    : ok.newCall(new okhttp3.Request.Builder().url(base + way).build()).execute().body().string());
                        }
                    }
                    try (var scope = Sonde.propagate().userId("kept here").start()) {
                        ask("nobag", () -> jdk(jdk, "nobag"));
                    }
                    ExecutorService many = Executors.newFixedThreadPool(8);
                    CompletableFuture<?>[] all = new CompletableFuture<?>[40];
                    for (int i = 0; i < all.length; i++) {
                        String way = "many" + i;
                        all[i] = CompletableFuture.runAsync(() -> {
                            try { ask(way, () -> jdk(jdk, way)); } catch (Exception e) { throw new CompletionException(e); }
                        }, many);
                    }
                    CompletableFuture.allOf(all).join();
                    many.shutdown();
                    tomcat.stop();
                    System.exit(0);
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void traceparent_joinsBothSides() throws Exception {
        List<CollectedObservation> all = run(
                "",
                List.of(
                        "served jdk",
                        "served jdkasync",
                        "served okhttp",
                        "served apache",
                        "served spring",
                        "served webclient",
                        "later webflux",
                        "served other",
                        "served malformed",
                        "served nobody without",
                        "idle",
                        "true"));
        Map<String, CollectedObservation> asks = new HashMap<>();
        Map<String, CollectedObservation> served = new HashMap<>();
        for (CollectedObservation observation : all) {
            if (observation.name().equals("asks")) {
                asks.put(observation.inputJson().path("way").asText().replace(" ", ""), observation);
            } else {
                served.put(observation.input(), observation);
            }
        }
        for (String way : List.of(
                "jdk", "jdkasync", "okhttp", "apache", "spring", "webclient", "webflux", "many0", "many7", "many39")) {
            assertThat(served.get(way).parentId())
                    .as(way)
                    .isEqualTo(asks.get(way).id());
            assertThat(served.get(way).traceId()).isEqualTo(asks.get(way).traceId());
        }
        assertThat(served.get("other").parentId()).isEqualTo("b7ad6b7169203331");
        assertThat(served.get("other").traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(served.get("malformed").parentId()).isNull();
        assertThat(served.get("nobody").parentId()).isNull();
        assertThat(served).doesNotContainKey("idle");
        assertThat(served.get("bagjdk").userId()).isEqualTo("Ada Löw");
        assertThat(served.get("bagok").userId()).isEqualTo("Ada Löw");
        assertThat(served.get("bagok").tags()).containsExactly("x");
        assertThat(served.get("nobag").userId()).isNull();
    }

    @Test
    void hostThatIsNotMeant_getsNoId() throws Exception {
        List<CollectedObservation> all = run(
                ",propagate-to=example.com",
                List.of(
                        "served jdk without",
                        "served jdkasync without",
                        "served okhttp without",
                        "served apache without",
                        "served spring without",
                        "served webclient without",
                        "later webflux",
                        "served other",
                        "served malformed",
                        "served nobody without",
                        "idle",
                        "true"));

        assertThat(all)
                .filteredOn(o -> "jdk".equals(o.input()))
                .singleElement()
                .satisfies(o -> assertThat(o.parentId()).isNull());
    }

    private List<CollectedObservation> run(String more, List<String> output) throws Exception {
        String path = System.getProperty("java.class.path") + File.pathSeparator + jars();
        Path classes = Sources.compile(folder.resolve("service"), path, Map.of("web/Service.java", SERVICE));
        try (OtlpCollector collector = OtlpCollector.start()) {
            ChildJvm jvm = ChildJvm.bare()
                    .agent("public-key=pk,secret-key=sk,host=" + collector.baseUrl() + more)
                    .classPath(classes);
            for (String entry : path.split(File.pathSeparator, -1)) {
                jvm.classPath(Path.of(entry));
            }
            Ended ended = jvm.run("web.Service");
            assertThat(ended.out()).as(String.join("\n", ended.err())).isEqualTo(output);
            return collector.observations();
        }
    }

    private static String jars() throws IOException {
        try (Stream<Path> jars = Files.list(JARS)) {
            return String.join(
                    File.pathSeparator, jars.map(Path::toString).sorted().toList());
        }
    }
}
