package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One guardrail's look at a message on its way to a model or back. One that objects is a warning, whatever the library
 * makes of it: that it throws, asks the model again, or goes on with another text.
 */
final class GuardrailSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || arguments[1] == null || SondeRuntime.tracerIfRunning() == null) {
            return null;
        }
        Object request = arguments[0];
        Object asked = LibraryObjects.get(request, "userMessage");
        Object answered = LibraryObjects.get(LibraryObjects.get(request, "responseFromLLM"), "aiMessage");
        Object message = asked == null ? answered : asked;
        Class<?> type = arguments[1].getClass();
        String name = type.isHidden() || type.getSimpleName().isEmpty() ? "guardrail" : type.getSimpleName();
        String text = LibraryObjects.text(message, asked == null ? "text" : "singleText");
        Step step = text == null
                ? Step.startJson("GUARDRAIL", name, message == null ? null : Messages.message(message))
                : Step.start("GUARDRAIL", name, text);
        return step == null
                ? null
                : step.note(observation -> observation.metadata("guards", asked == null ? "output" : "input"))
                        .enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Step step = (Step) scope;
        step.leave();
        if (error != null) {
            Throwable cause = error.getCause();
            boolean wraps = error.getClass().getName().startsWith("dev.langchain4j.guardrail.");
            step.failed(cause != null && wraps ? cause : error);
            return result;
        }
        List<String> failures = failures(result);
        if (!failures.isEmpty()) {
            step.note(observation -> observation.level("WARNING").statusMessage(String.join("; ", failures)));
        }
        Object verdict = LibraryObjects.get(result, "result");
        Object rewritten = Boolean.TRUE.equals(LibraryObjects.get(result, "hasRewrittenResult"))
                ? LibraryObjects.get(result, "successfulText")
                : null;
        step.endedJson(new Json()
                .text("result", verdict == null ? null : verdict.toString().toLowerCase(Locale.ROOT))
                .value("text", rewritten)
                .value("failures", failures.isEmpty() ? null : failures)
                .value("retry", Boolean.TRUE.equals(LibraryObjects.get(result, "isRetry")) ? true : null)
                .value("reprompt", LibraryObjects.get(result, "getReprompt"))
                .toString());
        return result;
    }

    private static List<String> failures(@Nullable Object result) {
        return LibraryObjects.get(result, "failures") instanceof List<?> failures
                ? failures.stream()
                        .map(failure -> String.valueOf(LibraryObjects.text(failure, "message")))
                        .toList()
                : List.of();
    }
}
