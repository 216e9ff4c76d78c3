package dev.sonde.agent.instrumentation.http;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.boot.SiteHandler;
import java.util.List;
import java.util.function.Supplier;

/** One HTTP library: where it hands over or sends a request. */
public final class HttpInstrumentation implements LibraryInstrumentation {

    private static final String REACTIVE = "org.springframework.http.server.reactive.";
    private static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.";
    private static final Supplier<SiteHandler> IN = InboundRequest::new;

    private final String library;
    private final List<LibraryMethod> methods;

    private HttpInstrumentation(String library, LibraryMethod... methods) {
        this.library = library;
        this.methods = List.of(methods);
    }

    /** All of them, by name. */
    public static List<LibraryInstrumentation> all() {
        return List.of(
                new HttpInstrumentation(
                        "Apache HttpClient 4",
                        apache("org.apache.http.impl.client.InternalHttpClient", "org.apache.http.", "HttpRequest")),
                new HttpInstrumentation(
                        "Apache HttpClient 5",
                        apache(
                                "org.apache.hc.client5.http.impl.classic.InternalHttpClient",
                                "org.apache.hc.core5.http.",
                                "ClassicHttpRequest")),
                new HttpInstrumentation(
                        "java.net.http",
                        new LibraryMethod(
                                "jdk.internal.net.http.MultiExchange",
                                "responseAsync",
                                List.of("java.util.concurrent.Executor"),
                                () -> new OutboundRequest(new Clients.Jdk()))),
                new HttpInstrumentation(
                        "OkHttp",
                        LibraryMethod.replacingLast(
                                "okhttp3.internal.http.RealInterceptorChain",
                                "proceed",
                                List.of("okhttp3.Request"),
                                () -> new OutboundRequest(new Clients.OkHttp()))),
                new HttpInstrumentation("Servlet (jakarta)", servlet("jakarta.servlet.")),
                new HttpInstrumentation("Servlet (javax)", servlet("javax.servlet.")),
                new HttpInstrumentation(
                        "Spring WebFlux",
                        new LibraryMethod(
                                "org.springframework.web.server.adapter.HttpWebHandlerAdapter",
                                "handle",
                                List.of(REACTIVE + "ServerHttpRequest", REACTIVE + "ServerHttpResponse"),
                                InboundExchange::new),
                        LibraryMethod.replacingLast(
                                WEB_CLIENT + "ExchangeFunctions$DefaultExchangeFunction",
                                "exchange",
                                List.of(WEB_CLIENT + "ClientRequest"),
                                () -> new OutboundRequest(new Clients.WebClient()))),
                new HttpInstrumentation(
                        "Spring's ClientHttpRequest",
                        new LibraryMethod(
                                "org.springframework.http.client.AbstractClientHttpRequest",
                                "execute",
                                List.of(),
                                () -> new OutboundRequest(new Clients.Spring()))));
    }

    private static LibraryMethod apache(String client, String core, String request) {
        String context = core + "protocol.HttpContext";
        return new LibraryMethod(
                client,
                "doExecute",
                List.of(core + "HttpHost", core + request, context),
                () -> new OutboundRequest(new Clients.Apache()));
    }

    private static LibraryMethod servlet(String api) {
        return new LibraryMethod(
                api + "http.HttpServlet", "service", List.of(api + "ServletRequest", api + "ServletResponse"), IN);
    }

    @Override
    public String library() {
        return library;
    }

    @Override
    public List<LibraryMethod> methods() {
        return methods;
    }
}
