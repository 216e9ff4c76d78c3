package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** A tool that is run because a model asked for it. The request is the method's first argument. */
final class ToolSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object request = arguments == null ? null : arguments[0];
        String name = LibraryObjects.text(request, "name");
        if (name == null) {
            return null;
        }
        Step step = Step.startJson("TOOL", name, LibraryObjects.text(request, "arguments"));
        String id = LibraryObjects.text(request, "id");
        if (step != null && id != null) {
            step.note(observation -> observation.attribute("gen_ai.tool.call.id", id));
        }
        return step == null ? null : step.enter();
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
