package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import org.jspecify.annotations.Nullable;

/** A call of the chat client, an advisor, a tool, or a vector store: anything but a model. */
final class StepRun extends Run {

    private final Step step;
    private final RuntimeConfig config;
    private volatile boolean cancelled;

    /** What the tool threw, which Spring AI tells the model and not the observation; null for nothing. */
    private volatile @Nullable Throwable thrown;

    private StepRun(Kind kind, Place place, Step step, RuntimeConfig config) {
        super(kind, place);
        this.step = step;
        this.config = config;
    }

    static @Nullable StepRun start(Kind kind, Place place, Object context, RuntimeConfig config) {
        Steps.Described described = Steps.described(kind, context);
        Attributes below = Steps.attributes(kind, context);
        Object before = ContextSlot.swap(place.context());
        try {
            if (!below.values().isEmpty()) {
                ContextSlot.swap(AttributeScope.of(below));
            }
            Step step = Step.startJson(described.type(), described.name(), described.input());
            if (step == null) {
                return null;
            }
            step.note(observation -> described.attributes().forEach(observation::attribute));
            return new StepRun(kind, place, step, config);
        } finally {
            ContextSlot.swap(before);
        }
    }

    @Override
    Context inside() {
        return step.context();
    }

    @Override
    Context below(Kind inner) {
        return step.context();
    }

    @Override
    void cancelled() {
        cancelled = true;
    }

    @Override
    void abandoned() {
        step.stopped("abandoned");
    }

    /** The tool has thrown this; its end follows. */
    void toolThrew(Throwable error) {
        thrown = error;
    }

    @Override
    void stop(Object context) {
        Throwable error = LibraryObjects.get(context, "getError") instanceof Throwable told ? told : thrown;
        String output = Steps.output(kind(), context);
        ModelRun call = kind() == Kind.CLIENT || kind() == Kind.ADVISOR ? lastCall() : null;
        boolean stopped = cancelled;
        if (output == null && call != null) { // a stream that broke off, or Spring AI 1.0, which does not tell
            output = call.saidSoFar();
            stopped |= call.isCancelled();
        }
        if (error == null && !stopped) {
            step.endedJson(output);
            return;
        }
        if (output != null && config.captureOutput()) {
            String partial = JsonText.within(output, config.captureMaxChars());
            step.note(observation -> observation.outputJson(partial));
        }
        if (error != null) {
            step.failed(error);
        } else {
            step.stopped(ObservedCall.CANCELLED);
        }
    }
}
