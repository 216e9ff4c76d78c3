package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.LiveObservation;
import org.jspecify.annotations.Nullable;

/** A tool that is run because a model asked for it. The request is the method's first argument. */
class ToolSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object request = arguments == null ? null : arguments[0];
        String name = LibraryObjects.text(request, "name");
        if (name == null) {
            return null;
        }
        Step step = Step.startJson("TOOL", name, LibraryObjects.text(request, "arguments"));
        if (step == null) {
            return null;
        }
        String id = LibraryObjects.text(request, "id");
        return step.note(observation -> {
                    if (id != null) {
                        observation.attribute("gen_ai.tool.call.id", id);
                    }
                    describe(observation, self, name);
                })
                .enter();
    }

    /** What else is known of a call, by the object whose method is woven. */
    void describe(LiveObservation observation, @Nullable Object self, String tool) {
        // nothing of most
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            step.failed(error);
        } else if (Boolean.TRUE.equals(LibraryObjects.get(result, "isError"))) {
            step.failed(String.valueOf(LibraryObjects.text(result, "resultText")));
        } else {
            step.ended(result instanceof String ? result : LibraryObjects.text(result, "resultText"));
        }
        return result;
    }
}
