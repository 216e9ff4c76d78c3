package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.instrumentation.springai.Usages.Counted;
import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.context.Context;
import org.jspecify.annotations.Nullable;

/** One call of a model: chat, embedding or image. */
final class ModelRun extends Run {

    private final ModelCall call;
    private final Object request;
    private final Object lock = new Object();
    // Guarded by lock.
    private final ChatAnswers answers;
    private boolean cancelled;
    private @Nullable String said;
    private volatile boolean over;

    private ModelRun(Kind kind, Place place, ModelCall call, Object request, String provider) {
        super(kind, place);
        this.call = call;
        this.request = request;
        this.answers = new ChatAnswers(provider);
    }

    static @Nullable ModelRun start(Kind kind, Place place, Object context) {
        Object request = LibraryObjects.get(context, "getRequest");
        if (request == null) {
            return null;
        }
        String provider =
                String.valueOf(LibraryObjects.text(LibraryObjects.get(context, "getOperationMetadata"), "provider"));
        Object before = ContextSlot.swap(place.context());
        try {
            ModelCall call = ModelCall.start(
                    Layer.FRAMEWORK,
                    kind == Kind.EMBEDDING ? "EMBEDDING" : "GENERATION",
                    asked(kind, context, request, provider));
            if (call == null) {
                return null; // the application's configuration has another layer record it
            }
            ModelRun run = new ModelRun(kind, place, call, request, provider);
            if (kind == Kind.CHAT) {
                call.streaming(run.new Parts());
            }
            run.answers.countedBefore(ToolCalls.countedBefore(request));
            return run;
        } finally {
            ContextSlot.swap(before);
        }
    }

    private static Asked asked(Kind kind, Object context, Object request, String provider) {
        Object options = LibraryObjects.get(request, "getOptions");
        String model = LibraryObjects.text(options, "getModel");
        boolean streaming = Boolean.TRUE.equals(LibraryObjects.get(context, "isStreaming"));
        return switch (kind) {
            case EMBEDDING ->
                new Asked("embeddings", model, Embeddings.input(request), Options.embedding(options), provider, null);
            case IMAGE -> new Asked("image", model, Images.input(request), Options.image(options), provider, null);
            default ->
                new Asked("chat", model, Messages.input(request), Options.chat(options, streaming), provider, null);
        };
    }

    @Override
    @Nullable
    Context inside() {
        return over ? place().context() : call.context();
    }

    /** A model's call is around nothing but what makes it. */
    @Override
    @Nullable
    Context below(Kind inner) {
        return over || !inner.isModel() ? place().context() : call.context();
    }

    @Override
    void streams() {
        if (kind() == Kind.CHAT) {
            Object options = LibraryObjects.get(request, "getOptions");
            call.note(observation -> observation.modelParametersJson(Options.chat(options, true)));
        }
    }

    @Override
    void part(Object response) {
        synchronized (lock) {
            if (!over) {
                call.part(response);
            }
        }
    }

    @Override
    void cancelled() {
        synchronized (lock) {
            cancelled = true;
        }
    }

    @Override
    void abandoned() {
        synchronized (lock) {
            if (!over) {
                over = true;
                call.abandoned();
            }
        }
    }

    @Override
    void stop(Object context) {
        Object response = LibraryObjects.get(context, "getResponse");
        Throwable error = LibraryObjects.get(context, "getError") instanceof Throwable thrown ? thrown : null;
        synchronized (lock) {
            end(response, error);
        }
    }

    /** Whether this asks a model for just that. */
    boolean asks(@Nullable Object prompt) {
        return prompt == request;
    }

    /** The model has answered with tool calls, which are run before Spring AI 1 calls the observation of this one ended. */
    void toolsAsked(Object response) {
        synchronized (lock) {
            end(response, null);
        }
    }

    /** What the model has said until now, as JSON text; null for nothing. */
    @Nullable
    String saidSoFar() {
        synchronized (lock) {
            return said == null ? answers.soFar().output() : said;
        }
    }

    boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    /** What this call and those before it were counted. */
    static Counted counted(Object response) {
        return ChatAnswers.counted(response);
    }

    private void end(@Nullable Object response, @Nullable Throwable error) {
        if (over) {
            return;
        }
        over = true;
        if (error != null) {
            call.failed(error);
        } else if (cancelled && response == null) {
            call.cancelled();
        } else {
            call.answered(() -> {
                Answered answered = answered(response);
                said = answered.output();
                return answered;
            });
        }
    }

    private Answered answered(@Nullable Object response) {
        return switch (kind()) {
            case EMBEDDING -> Embeddings.answered(response);
            case IMAGE -> Images.answered(response);
            default -> response == null ? answers.soFar() : answers.whole(response);
        };
    }

    /** Always called with the lock held. */
    private final class Parts implements Fold {
        @Override
        public boolean add(Object part) {
            return answers.add(part);
        }

        @Override
        public Answered answered() {
            return answers.soFar();
        }
    }
}
