package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.AnthropicMessage;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a stream, folded event by event into text, so that what came is there when the stream breaks off.
 */
final class MessageEvents implements Fold {
    private final @Nullable Object clientOptions;
    private final AnthropicMessage message = new AnthropicMessage();

    MessageEvents(@Nullable Object clientOptions) {
        this.clientOptions = clientOptions;
    }

    @Override
    public boolean add(Object event) {
        Object delta = LibraryObjects.get(event, "contentBlockDelta");
        if (delta != null) {
            AnthropicMessage.Block block = message.block(index(delta));
            return block != null && add(block, LibraryObjects.get(delta, "delta"));
        }
        Object begun = LibraryObjects.get(event, "contentBlockStart");
        if (begun != null) {
            return message.begin(index(begun), json(LibraryObjects.get(begun, "contentBlock")));
        }
        Object ended = LibraryObjects.get(event, "contentBlockStop");
        if (ended != null) {
            AnthropicMessage.Block block = message.block(index(ended));
            if (block != null) {
                block.end();
            }
            return false;
        }
        addMessage(event);
        return false;
    }

    @Override
    public Answered answered() {
        return message.answered();
    }

    private boolean add(AnthropicMessage.Block block, @Nullable Object delta) {
        boolean added = block.add(
                LibraryObjects.text(LibraryObjects.get(delta, "text"), "text"),
                LibraryObjects.text(LibraryObjects.get(delta, "inputJson"), "partialJson"),
                LibraryObjects.text(LibraryObjects.get(delta, "thinking"), "thinking"));
        if (!added) {
            block.sign(LibraryObjects.text(LibraryObjects.get(delta, "signature"), "signature"));
            block.cite(json(LibraryObjects.get(LibraryObjects.get(delta, "citations"), "citation")));
        }
        return added;
    }

    /** Up to 1.4 the events have shorter names. */
    private void addMessage(Object event) {
        Object begun = LibraryObjects.get(either(event, "messageStart", "start"), "message");
        if (begun != null) {
            message.begun(
                    LibraryObjects.text(begun, "id"),
                    LibraryObjects.text(begun, "model"),
                    json(LibraryObjects.get(begun, "usage")));
        }
        Object last = either(event, "messageDelta", "delta");
        if (last != null) {
            message.ending(
                    LibraryObjects.text(LibraryObjects.get(last, "delta"), "stopReason"),
                    json(LibraryObjects.get(last, "usage")));
        }
    }

    private static @Nullable Object either(Object event, String name, String older) {
        Object value = LibraryObjects.get(event, name);
        return value == null ? LibraryObjects.get(event, older) : value;
    }

    private @Nullable String json(@Nullable Object value) {
        return LibraryObjects.json(clientOptions, value);
    }

    private static long index(Object event) {
        return LibraryObjects.get(event, "index") instanceof Number index ? index.longValue() : 0;
    }
}
