package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import java.util.List;

/** One HTTP client by which models can be asked without a library for them. See the package for what is recorded. */
public final class PlainHttpInstrumentation implements LibraryInstrumentation {
    private static final String JDK = "java.net.http.";

    private final String library;
    private final List<LibraryMethod> methods;

    private PlainHttpInstrumentation(String library, LibraryMethod... methods) {
        this.library = library;
        this.methods = List.of(methods);
    }

    /** The client of the JDK. */
    public static LibraryInstrumentation jdk() {
        return new PlainHttpInstrumentation(
                "java.net.http",
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

    @Override
    public String library() {
        return library;
    }

    @Override
    public List<LibraryMethod> methods() {
        return methods;
    }
}
