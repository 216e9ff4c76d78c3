package dev.sonde.agent.instrumentation.azure;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChoices;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a stream, folded chunk by chunk so that what came is there when it breaks off. */
final class Chunks implements Fold {
    private final OpenAiChoices choices = new OpenAiChoices();
    private @Nullable String id;
    private @Nullable String model;
    private Map<String, Long> usage = Map.of();
    private long toolCalls = -1;

    /** Takes a chunk, or a response that carries one. */
    @Override
    public boolean add(Object part) {
        Object chunk = AzureOpenAiSite.value(part);
        String its = LibraryObjects.text(chunk, "getId");
        // before the answer the service says what its filter thinks of the prompt, in a chunk without an id
        id = its == null || its.isEmpty() ? id : its;
        String answering = LibraryObjects.text(chunk, "getModel");
        model = answering == null || answering.isEmpty() ? model : answering;
        Object counted = LibraryObjects.get(chunk, "getUsage");
        if (counted != null) {
            usage = OpenAiUsage.buckets(AzureJson.of(counted));
        }
        boolean content = false;
        if (LibraryObjects.get(chunk, "getChoices") instanceof List<?> parts) {
            for (Object choice : parts) {
                content |= choice != null && addChoice(choice);
            }
        }
        return content;
    }

    @Override
    public Answered answered() {
        return choices.answered(id, model, usage);
    }

    private boolean addChoice(Object part) {
        long index = LibraryObjects.get(part, "getIndex") instanceof Number number ? number.longValue() : 0;
        OpenAiChoices.Choice choice = choices.choice(index);
        choice.finished(LibraryObjects.text(part, "getFinishReason"));
        Object delta = LibraryObjects.get(part, "getDelta");
        boolean added = choice.content(LibraryObjects.text(delta, "getContent"));
        added |= choice.refusal(LibraryObjects.text(delta, "getRefusal"));
        if (LibraryObjects.get(delta, "getToolCalls") instanceof List<?> calls) {
            for (Object call : calls) {
                added |= addToolCall(choice, call);
            }
        }
        return added;
    }

    /** The library leaves out which call a piece belongs to; only the first piece of each has an id. */
    private boolean addToolCall(OpenAiChoices.Choice choice, @Nullable Object call) {
        String callId = LibraryObjects.text(call, "getId");
        if (toolCalls < 0 || (callId != null && !callId.isEmpty())) {
            toolCalls++;
        }
        Object function = LibraryObjects.get(call, "getFunction");
        return choice.toolCall(
                toolCalls,
                callId,
                LibraryObjects.text(function, "getName"),
                LibraryObjects.text(function, "getArguments"));
    }
}
