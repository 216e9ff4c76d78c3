package dev.sonde.agent.instrumentation.adk;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/** The one place where ADK runs a tool that a model has called: takes the tool, the arguments and where it runs. */
final class ToolSite implements SiteHandler {
    private static final String MAYBE = "io.reactivex.rxjava3.core.Maybe";

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        String name = arguments == null ? null : LibraryObjects.text(arguments[0], "name");
        Step step = arguments == null || name == null ? null : Step.start("TOOL", name, arguments[1]);
        if (arguments == null || step == null) {
            return null;
        }
        return step.note(observation -> {
                    observation.attribute("gen_ai.operation.name", "execute_tool");
                    observation.attribute("gen_ai.tool.name", String.valueOf(name));
                    put(observation::attribute, "gen_ai.tool.description", arguments[0], "description");
                    put(observation::attribute, "gen_ai.tool.call.id", arguments[2], "functionCallId");
                })
                .enter();
    }

    private interface Attribute {
        Object put(String name, Object value);
    }

    private static void put(Attribute attribute, String name, @Nullable Object holder, String accessor) {
        String value = LibraryObjects.text(holder, accessor);
        if (value != null && !value.isEmpty()) {
            attribute.put(name, value);
        }
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            step.failed(error);
            return result;
        }
        return step.follow(result, MAYBE, answer -> answer);
    }
}
