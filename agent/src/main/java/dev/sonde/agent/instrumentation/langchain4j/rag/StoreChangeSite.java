package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.Listening;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What adds to an {@code EmbeddingStore} and removes from it. One that a store does for another is not recorded again. */
final class StoreChangeSite implements SiteHandler {
    /** The change that this thread is within; a change of another store within it is that of what a store decorates. */
    private static final ThreadLocal<@Nullable Step> WITHIN = new ThreadLocal<>();

    private final String method;

    StoreChangeSite(String method) {
        this.method = method;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null
                || arguments == null
                || WITHIN.get() != null
                || SondeRuntime.tracerIfRunning() == null
                || Listening.isListening(self)) {
            return null;
        }
        Step step = Step.startJson("SPAN", RagContents.name(self, method), input(arguments));
        if (step != null) {
            step.note(observation -> RagContents.store(observation, self, method))
                    .enter();
            WITHIN.set(step);
        }
        return step;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        WITHIN.remove();
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            step.failed(error);
        } else {
            step.endedJson(result instanceof String id ? Json.quoted(id) : Json.of(result));
        }
        return result;
    }

    /** Each argument by what it is: all methods together have no two of a kind. */
    private static @Nullable String input(@Nullable Object[] arguments) {
        Json input = new Json();
        for (Object argument : arguments) {
            if (argument instanceof Collection<?> all) {
                Object first = all.isEmpty() ? null : all.iterator().next();
                if (first instanceof String) {
                    input.raw("ids", Json.of(all));
                } else if (LibraryObjects.get(first, "vector") != null) {
                    input.raw(
                            "embeddings", RagContents.vectors(List.copyOf(all)).toString());
                } else if (first != null) {
                    input.raw("texts", RagContents.texts(all));
                }
            } else if (argument instanceof String id) {
                input.text("id", id);
            } else if (LibraryObjects.get(argument, "vector") != null) {
                input.value("dimensions", LibraryObjects.get(argument, "dimension"));
            } else if (argument != null) {
                String text = LibraryObjects.text(argument, "text");
                input.text(text == null ? "filter" : "text", text == null ? argument.toString() : text);
            }
        }
        return input.isEmpty() ? null : input.toString();
    }
}
