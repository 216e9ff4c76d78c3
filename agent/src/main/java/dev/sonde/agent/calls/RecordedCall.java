package dev.sonde.agent.calls;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts what a call asks and what becomes of it into its observation. */
final class RecordedCall implements ModelCall.Outcome {
    private final Claim claim;
    private final LiveObservation observation;
    private final RuntimeConfig config;

    RecordedCall(Claim claim, RuntimeConfig config) {
        this.claim = claim;
        this.observation = claim.observation();
        this.config = config;
    }

    @Override
    public void asked(Asked asked) {
        observation.name(asked.name());
        if (config.captureInput() && asked.input() != null) {
            observation.inputJson(JsonText.within(asked.input(), config.captureMaxChars()));
        }
        observation.modelParametersJson(asked.parameters());
        observation.attribute("gen_ai.operation.name", asked.operation());
        if (asked.model() != null) {
            observation.model(asked.model());
            observation.attribute("gen_ai.request.model", asked.model());
        }
        if (asked.provider() != null) {
            observation.attribute("gen_ai.provider.name", asked.provider());
        }
        if (asked.host() != null) {
            observation.attribute("server.address", asked.host());
        }
    }

    /** Leaves the request to the exporter; it must not change any more. */
    void askedLater(Supplier<Asked> asked) {
        observation.later(guarded(() -> asked(asked.get())));
    }

    @Override
    public boolean endedLater(Supplier<Answered> reading) {
        if (!claim.isAlone()) {
            return false;
        }
        observation.later(guarded(() -> {
            Answered answered = reading.get();
            if (answered.error() != null) {
                observation.level("ERROR").statusMessage(answered.error());
            }
            answered(answered);
        }));
        claim.close(true);
        return true;
    }

    @Override
    public void completionStarted() {
        observation.firstToken();
    }

    @Override
    public void ended(Answered answered, @Nullable String level, @Nullable String message, @Nullable Throwable error) {
        if (error != null) {
            observation.error(error);
        }
        if (observation.isUnsaid()) {
            observation.later(guarded(() -> answered(answered)));
        } else {
            answered(answered);
        }
        if (level != null) {
            observation.level(level);
        }
        observation.statusMessage(message);
        claim.close(!"ERROR".equals(level));
    }

    private void answered(Answered answered) {
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
            observation.usageDetailsJson(json(answered.usage()));
        }
    }

    /** A defect of ours, or an object that cannot be written, costs what it says and no more. */
    private Runnable guarded(Runnable saying) {
        return () -> {
            try {
                saying.run();
            } catch (RuntimeException | LinkageError e) {
                observation
                        .level("WARNING")
                        .statusMessage("The call could not be recorded: "
                                + e.getClass().getName());
            }
        };
    }

    @Override
    public void clientMayEndLater() {
        claim.waitAMoment();
    }

    @Override
    public void discarded() {
        claim.discard();
    }

    private static String json(Map<String, Long> buckets) {
        StringBuilder json = new StringBuilder("{");
        buckets.forEach((bucket, count) -> JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), bucket)
                .append(':')
                .append(count.longValue()));
        return json.append('}').toString();
    }
}
