package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tool that the library's tool runner runs: from the model's wish to the result it is sent. */
final class ToolUseSite implements SiteHandler {
    private record Scope(Step step, @Nullable Object options) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null) {
            return null;
        }
        Object options = ToolRunnerSite.clientOptions(self);
        Map<String, String> wish = JsonText.fields(LibraryObjects.json(options, arguments[0]));
        String name = JsonText.stringOrNull(wish.get("name"));
        Step step = Step.startJson("TOOL", name == null ? "tool" : name, wish.get("input"));
        if (step == null) {
            return null;
        }
        String id = JsonText.stringOrNull(wish.get("id"));
        if (id != null) {
            step.note(observation -> observation.attribute("gen_ai.tool.call.id", id));
        }
        return new Scope(step.enter(), options);
    }

    /** What a tool throws is sent to the model as its result, which says that it is an error. */
    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        Step step = entered.step();
        step.leave();
        if (error != null) {
            step.failed(error);
            return result;
        }
        Map<String, String> sent = JsonText.fields(LibraryObjects.json(entered.options(), result));
        String content = sent.get("content");
        if ("true".equals(sent.get("is_error"))) {
            step.failed(content == null ? "The tool failed." : JsonText.string(content));
        } else {
            step.endedJson(content);
        }
        return result;
    }
}
