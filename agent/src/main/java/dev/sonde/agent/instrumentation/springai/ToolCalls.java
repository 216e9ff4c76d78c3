package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.springai.Usages.Counted;
import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Spring AI runs the tools that a model asks for: {@code DefaultToolCallingManager.executeToolCalls(…)}. Spring AI 1
 * does so within the observation of the call that asked, and of a stream on a thread that knows nothing of it; the tools
 * belong beside that call and not below it.
 */
final class ToolCalls implements SiteHandler {

    /** What was counted until a model asked for tools, for the call that the answers of the tools go to. */
    private static final ThreadLocal<Asking> ASKED = new ThreadLocal<>();

    /** The message that asks for tools, and what was counted until then. */
    private record Asking(Object message, Counted counted) {}

    /** What was current before the tools. */
    private record Scope(@Nullable Object before, @Nullable Asking asking) {}

    /** What of the usage that will be reported for this prompt was that of earlier calls. Asked once a call. */
    static Counted countedBefore(Object prompt) {
        Asking asking = ASKED.get();
        if (asking == null) {
            return Counted.NOTHING;
        }
        ASKED.remove();
        boolean answersIt = LibraryObjects.get(prompt, "getInstructions") instanceof List<?> messages
                && messages.stream().anyMatch(message -> message == asking.message());
        return answersIt ? asking.counted() : Counted.NOTHING;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null) {
            return null;
        }
        Object prompt = arguments[0];
        Object response = arguments[1];
        Context place = Context.current();
        ModelRun call = Runs.callWith(prompt);
        if (call != null && response != null) {
            call.toolsAsked(response);
            place = Runs.within(call, Kind.TOOL);
        }
        return new Scope(ContextSlot.swap(place), asking(prompt, response));
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        ContextSlot.swap(entered.before());
        if (error == null && entered.asking() != null) {
            ASKED.set(entered.asking());
        }
        return result;
    }

    private static @Nullable Asking asking(@Nullable Object prompt, @Nullable Object response) {
        Object options = LibraryObjects.get(prompt, "getOptions");
        if (response == null
                || !sumsUp(options)
                || !(LibraryObjects.get(response, "getResults") instanceof List<?> results)) {
            return null;
        }
        for (Object result : results) {
            Object message = LibraryObjects.get(result, "getOutput");
            if (message != null && !Messages.toolCalls(message).isEmpty()) {
                return new Asking(message, ModelRun.counted(response));
            }
        }
        return null;
    }

    /** Whether this is Spring AI 1, whose models call themselves again with the tools' answers and sum up what they count. */
    private static boolean sumsUp(@Nullable Object options) {
        if (options == null) {
            return false;
        }
        try {
            Object internal = options.getClass()
                    .getMethod("getInternalToolExecutionEnabled")
                    .invoke(options);
            return !Boolean.FALSE.equals(internal);
        } catch (ReflectiveOperationException e) {
            return false; // Spring AI 2
        }
    }
}
