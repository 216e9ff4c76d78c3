package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChoices;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a chat stream, folded chunk by chunk into text, so that what came is there when the stream breaks off.
 */
final class ChatChunks implements Fold {
    /** Not OpenAI's, but sent by servers that speak its wire. */
    private static final List<String> REASONING_FIELDS = List.of("reasoning_content", "reasoning");

    private final @Nullable Object clientOptions;
    private final OpenAiChoices choices = new OpenAiChoices();
    private @Nullable String id;
    private @Nullable String model;
    private Map<String, Long> usage = Map.of();

    ChatChunks(@Nullable Object clientOptions) {
        this.clientOptions = clientOptions;
    }

    @Override
    public boolean add(Object chunk) {
        if (id == null) {
            id = LibraryObjects.text(chunk, "id");
            model = LibraryObjects.text(chunk, "model");
        }
        Object counted = LibraryObjects.get(chunk, "usage");
        if (counted != null) {
            usage = OpenAiUsage.buckets(LibraryObjects.json(clientOptions, counted));
        }
        boolean content = false;
        if (LibraryObjects.get(chunk, "choices") instanceof List<?> parts) {
            for (Object part : parts) {
                content |= addChoice(part);
            }
        }
        return content;
    }

    @Override
    public Answered answered() {
        return choices.answered(id, model, usage);
    }

    private boolean addChoice(@Nullable Object part) {
        OpenAiChoices.Choice choice = choices.choice(index(part));
        choice.finished(LibraryObjects.text(part, "finishReason"));
        Object delta = LibraryObjects.get(part, "delta");
        return delta != null && addDelta(choice, delta);
    }

    private static boolean addDelta(OpenAiChoices.Choice choice, Object delta) {
        boolean added = choice.content(LibraryObjects.text(delta, "content"));
        added |= choice.refusal(LibraryObjects.text(delta, "refusal"));
        if (LibraryObjects.get(delta, "_additionalProperties") instanceof Map<?, ?> more && !more.isEmpty()) {
            for (String field : REASONING_FIELDS) {
                added |= choice.reasoning(LibraryObjects.text(more.get(field), "asString"));
            }
        }
        if (LibraryObjects.get(delta, "toolCalls") instanceof List<?> calls) {
            for (Object call : calls) {
                Object function = LibraryObjects.get(call, "function");
                added |= choice.toolCall(
                        index(call),
                        LibraryObjects.text(call, "id"),
                        LibraryObjects.text(function, "name"),
                        LibraryObjects.text(function, "arguments"));
            }
        }
        return added;
    }

    private static long index(@Nullable Object part) {
        return LibraryObjects.get(part, "index") instanceof Number index ? index.longValue() : 0;
    }
}
