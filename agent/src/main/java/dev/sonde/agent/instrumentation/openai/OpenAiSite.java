package dev.sonde.agent.instrumentation.openai;

import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** One hooked method: starts the observation before it, and hands its result on in a form that ends the observation. */
final class OpenAiSite implements SiteHandler {
    private static volatile Host lastHost = new Host("", "");

    private final Endpoint endpoint;
    private final boolean streaming;

    OpenAiSite(Endpoint endpoint, boolean streaming) {
        this.endpoint = endpoint;
        this.streaming = streaming;
    }

    /** While the library's method runs, the observation is current; reading the answer is not part of that. */
    private record Scope(OpenAiCall call, LiveObservation observation) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        if (tracer == null || self == null || arguments == null) {
            return null;
        }
        Object options = LibraryObjects.clientOptions(self);
        Asked asked =
                endpoint.asked(LibraryObjects.json(options, LibraryObjects.get(arguments[0], "_body")), streaming);
        LiveObservation observation = tracer.start(endpoint.observationType(), asked.name());
        record(asked, observation, options, tracer.config());
        OpenAiCall call = new OpenAiCall(endpoint, options, streaming, new Recorded(observation, tracer.config()));
        return new Scope(call, observation.makeCurrent());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        entered.observation().leave();
        if (error != null) {
            entered.call().failed(error);
            return result;
        }
        return RawResponses.observe(result, entered.call());
    }

    private static void record(
            Asked asked, LiveObservation observation, @Nullable Object options, RuntimeConfig config) {
        if (config.captureInput() && asked.input() != null) {
            observation.inputJson(JsonText.within(asked.input(), config.captureMaxChars()));
        }
        observation.modelParametersJson(asked.parameters());
        observation.attribute("gen_ai.operation.name", asked.operation());
        if (asked.model() != null) {
            observation.model(asked.model());
            observation.attribute("gen_ai.request.model", asked.model());
        }
        String host = host(String.valueOf(LibraryObjects.text(options, "baseUrl")));
        boolean azure = LibraryObjects.get(options, "azureServiceVersion") != null || host.endsWith(".azure.com");
        observation.attribute("gen_ai.provider.name", azure ? "azure.ai.openai" : "openai");
        if (!host.isEmpty()) {
            observation.attribute("server.address", host);
        }
    }

    /** Most applications have one client, so the last answer is kept. */
    private static String host(String baseUrl) {
        Host last = lastHost;
        if (!last.baseUrl().equals(baseUrl)) {
            last = new Host(baseUrl, parsedHost(baseUrl));
            lastHost = last;
        }
        return last.name();
    }

    private static String parsedHost(String baseUrl) {
        try {
            String host = new URI(baseUrl).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** A base URL, and the host it names; empty for none. */
    private record Host(String baseUrl, String name) {}

    /** Puts what becomes of a call into its observation. */
    private record Recorded(LiveObservation observation, RuntimeConfig config) implements OpenAiCall.Outcome {
        @Override
        public void completionStarted() {
            observation.firstToken();
        }

        @Override
        public void ended(
                Answered answered, @Nullable String level, @Nullable String message, @Nullable Throwable error) {
            if (error != null) {
                observation.error(error);
            }
            if (config.captureOutput() && answered.output() != null) {
                observation.outputJson(JsonText.within(answered.output(), config.captureMaxChars()));
            }
            if (answered.model() != null) {
                observation.model(answered.model());
                observation.attribute("gen_ai.response.model", answered.model());
            }
            if (answered.id() != null) {
                observation.attribute("gen_ai.response.id", answered.id());
            }
            if (!answered.finishReasons().isEmpty()) {
                observation.attribute("gen_ai.response.finish_reasons", answered.finishReasons());
            }
            if (!answered.usage().isEmpty()) {
                observation.usageDetailsJson(Usage.json(answered.usage()));
            }
            if (level != null) {
                observation.level(level);
            }
            observation.statusMessage(message);
            observation.end();
        }
    }
}
