package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in DashScope's SDK. See the package for what that covers. */
public final class DashScopeInstrumentation implements LibraryInstrumentation {
    private static final String PACKAGE = "com.alibaba.dashscope.";
    private static final String CLIENT = PACKAGE + "protocol.okhttp.OkHttpHttpClient";
    private static final String REQUEST = PACKAGE + "protocol.HalfDuplexRequest";
    private static final String CALLBACK = PACKAGE + "common.ResultCallback";
    private static final String RESULT = PACKAGE + "common.DashScopeResult";

    @Override
    public String library() {
        return "dashscope-sdk-java";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        methods.add(new LibraryMethod(CLIENT, "send", List.of(REQUEST), SentSite::new));
        methods.add(new LibraryMethod(CLIENT, "streamOut", List.of(REQUEST), FlowableSite::new));
        methods.add(new LibraryMethod(CLIENT, "send", List.of(REQUEST, CALLBACK), () -> new Callbacks.Sent(false)));
        methods.add(new LibraryMethod(CLIENT, "streamOut", List.of(REQUEST, CALLBACK), () -> new Callbacks.Sent(true)));
        for (String callback : Callbacks.KNOWN) {
            methods.add(new LibraryMethod(callback, "onEvent", List.of(RESULT), Callbacks.Event::new));
            methods.add(new LibraryMethod(callback, "onComplete", List.of(), Callbacks.Complete::new));
            methods.add(new LibraryMethod(callback, "onError", List.of("java.lang.Exception"), Callbacks.Failure::new));
        }
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(RESULT, "getOutput", List.of()),
                new RequiredMethod(REQUEST, "getHttpUrl", List.of()),
                new RequiredMethod(PACKAGE + "base.HalfDuplexParamBase", "getHttpBody", List.of()));
    }
}
