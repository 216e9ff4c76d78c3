package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/** One HTTP client by which models can be asked without a library for them. See the package for what is recorded. */
public final class PlainHttpInstrumentation implements LibraryInstrumentation {
    private static final String JDK = "java.net.http.";

    private final String library;
    private final List<LibraryMethod> methods;
    private final List<RequiredMethod> required;

    private PlainHttpInstrumentation(String library, List<RequiredMethod> required, LibraryMethod... methods) {
        this.library = library;
        this.required = required;
        this.methods = List.of(methods);
    }

    /** Apache's clients, the one that waits and those that do not. */
    public static LibraryInstrumentation apache() {
        String client = "org.apache.hc.client5.http.impl.";
        String core = "org.apache.hc.core5.http.";
        List<String> later = List.of(
                core + "HttpHost",
                core + "nio.AsyncRequestProducer",
                core + "nio.AsyncResponseConsumer",
                core + "nio.HandlerFactory",
                core + "protocol.HttpContext",
                "org.apache.hc.core5.concurrent.FutureCallback");
        return new PlainHttpInstrumentation(
                "Apache HttpClient 5",
                List.of(),
                LibraryMethod.replacing(
                        client + "async.AbstractMinimalHttpAsyncClientBase",
                        "doExecute",
                        later,
                        ApacheAsyncSite::new,
                        1,
                        2,
                        5),
                LibraryMethod.replacing(
                        client + "async.InternalAbstractHttpAsyncClient",
                        "doExecute",
                        later,
                        ApacheAsyncSite::new,
                        1,
                        2,
                        5),
                new LibraryMethod(
                        client + "classic.InternalHttpClient",
                        "doExecute",
                        List.of(core + "HttpHost", core + "ClassicHttpRequest", core + "protocol.HttpContext"),
                        ApacheSites.Request::new),
                new LibraryMethod(
                        client + "classic.CloseableHttpResponse", "close", List.of(), ApacheSites.Close::new));
    }

    /** Spring's clients: RestClient and RestTemplate, and WebClient. */
    public static LibraryInstrumentation spring() {
        String webClient = "org.springframework.web.reactive.function.client.";
        return new PlainHttpInstrumentation(
                "Spring's HTTP clients",
                List.of(),
                new LibraryMethod(
                        "org.springframework.http.client.AbstractClientHttpRequest",
                        "execute",
                        List.of(),
                        SpringSite::new),
                LibraryMethod.replacingLast(
                        webClient + "ExchangeFunctions$DefaultExchangeFunction",
                        "exchange",
                        List.of(webClient + "ClientRequest"),
                        WebClientSite::new));
    }

    /** The client of the JDK. */
    public static LibraryInstrumentation jdk() {
        return new PlainHttpInstrumentation(
                "java.net.http",
                List.of(),
                LibraryMethod.replacing(
                        "jdk.internal.net.http.HttpClientImpl",
                        "sendAsync",
                        List.of(
                                JDK + "HttpRequest",
                                JDK + "HttpResponse$BodyHandler",
                                JDK + "HttpResponse$PushPromiseHandler",
                                "java.util.concurrent.Executor"),
                        JdkSite::new,
                        0,
                        1));
    }

    /** OkHttp, from 4.12 on. */
    public static LibraryInstrumentation okHttp() {
        String call = "okhttp3.internal.connection.RealCall";
        String exchange = "okhttp3.internal.connection.Exchange";
        return new PlainHttpInstrumentation(
                "OkHttp",
                List.of(
                        new RequiredMethod(call, "getOriginalRequest", List.of()),
                        new RequiredMethod(exchange, "getCall$okhttp", List.of())),
                new LibraryMethod(call, "enqueue", List.of("okhttp3.Callback"), OkHttpSites.Queue::new),
                new LibraryMethod(call, "getResponseWithInterceptorChain$okhttp", List.of(), OkHttpSites.Chain::new),
                new LibraryMethod(
                        exchange,
                        "createRequestBody",
                        List.of("okhttp3.Request", "boolean"),
                        OkHttpSites.RequestBody::new));
    }

    @Override
    public String library() {
        return library;
    }

    @Override
    public List<LibraryMethod> methods() {
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return required;
    }
}
