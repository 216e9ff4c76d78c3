package dev.sonde.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.inspector.Inspection;
import dev.sonde.server.inspector.Inspector;
import dev.sonde.server.inspector.Rejection;
import io.netty.util.AttributeKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells the inspector of each request around which it stands, when its answer has been sent. */
final class Inspecting implements DecoratingHttpServiceFunction {

    private static final AttributeKey<Caller> CALLER = AttributeKey.valueOf(Inspecting.class, "caller");
    private static final AttributeKey<Outcome> OUTCOME = AttributeKey.valueOf(Inspecting.class, "outcome");
    private static final AttributeKey<Rejection> FAILURE = AttributeKey.valueOf(Inspecting.class, "failure");
    private static final int LONGEST_CLIENT = 120;

    private final Inspector inspector;
    private final ApiKeys keys;

    Inspecting(Inspector inspector, ApiKeys keys) {
        this.inspector = inspector;
        this.keys = keys;
    }

    /** What was made of a request's events. */
    record Outcome(int accepted, int rejected, List<Rejection> rejections) {}

    /** Whose request it is; answers the caller. */
    static Caller caller(Call call, Caller caller) {
        call.context().setAttr(CALLER, caller);
        return caller;
    }

    /** What was taken and what was not. */
    static void outcome(Call call, Outcome outcome) {
        call.context().setAttr(OUTCOME, outcome);
    }

    /** Why all of it was refused. */
    static void failure(ServiceRequestContext context, int status, String reason) {
        context.setAttr(FAILURE, Rejection.of("", status, reason));
    }

    @Override
    public HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        var unused = context.log().whenComplete().thenAcceptAsync(this::note, context.blockingTaskExecutor());
        return service.serve(context, request);
    }

    private void note(RequestLog log) {
        ServiceRequestContext context = (ServiceRequestContext) log.context();
        String publicKey = KeyAuthentication.publicKey(log.requestHeaders().get(HttpHeaderNames.AUTHORIZATION));
        Caller caller = context.attr(CALLER);
        if (caller != null) {
            inspector.add(caller.project().id(), true, inspection(log, context, publicKey));
        } else if (!publicKey.isEmpty()) {
            keys.findProject(publicKey)
                    .ifPresent(project -> inspector.add(project.id(), false, inspection(log, context, publicKey)));
        }
    }

    private static Inspection inspection(RequestLog log, ServiceRequestContext context, String publicKey) {
        int status = log.responseStatus().code();
        Rejection failure = context.attr(FAILURE);
        if (failure == null && status >= 400) {
            failure = Rejection.of("", status, log.responseStatus().reasonPhrase());
        }
        Outcome outcome = failure == null ? context.attr(OUTCOME) : new Outcome(0, 1, List.of(failure));
        return new Inspection(
                context.id().shortText(),
                Instant.ofEpochMilli(log.requestStartTimeMillis()),
                context.path(),
                publicKey,
                client(log.requestHeaders()),
                log.requestLength(),
                TimeUnit.NANOSECONDS.toMicros(log.totalDurationNanos()),
                status,
                outcome == null ? 0 : outcome.accepted(),
                outcome == null ? 0 : outcome.rejected(),
                outcome == null ? List.of() : outcome.rejections());
    }

    /** What Langfuse's clients say of themselves, else what any client does. */
    private static String client(RequestHeaders headers) {
        String name = first(headers, "x-langfuse-sdk-name", "x_langfuse_sdk_name", "x-fern-sdk-name");
        String version = first(headers, "x-langfuse-sdk-version", "x_langfuse_sdk_version", "x-fern-sdk-version");
        String client = name == null
                ? headers.get(HttpHeaderNames.USER_AGENT, "")
                : version == null ? name : name + " " + version;
        return client.length() > LONGEST_CLIENT ? client.substring(0, LONGEST_CLIENT) : client;
    }

    private static @Nullable String first(RequestHeaders headers, String... names) {
        for (String name : names) {
            String value = headers.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
