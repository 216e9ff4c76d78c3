package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a stream has said so far, for the case that it does not come to its end, where the whole response is given. */
final class StreamedParts implements Fold {

    /**
     * One call of the application's handler.
     *
     * @param kind the handler's method
     */
    record Part(String kind, @Nullable Object value) {}

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder toolCalls = new StringBuilder();

    @Override
    public boolean add(Object given) {
        Part part = (Part) given;
        Object value = part.value();
        String said = value instanceof String ? value.toString() : LibraryObjects.text(value, "text");
        switch (part.kind()) {
            case "onPartialResponse" -> text.append(said == null ? "" : said);
            case "onPartialThinking" -> thinking.append(said == null ? "" : said);
            case "onPartialToolCall" -> {}
            case "onCompleteToolCall" ->
                toolCalls
                        .append(toolCalls.isEmpty() ? "" : ",")
                        .append(Messages.toolCall(LibraryObjects.get(value, "toolExecutionRequest")));
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Answered answered() {
        if (text.isEmpty() && thinking.isEmpty() && toolCalls.isEmpty()) {
            return Answered.NOTHING;
        }
        Json message = new Json()
                .text("role", "assistant")
                .raw("content", text.isEmpty() ? "null" : Json.quoted(text.toString()))
                .text("reasoning_content", thinking.isEmpty() ? null : thinking.toString());
        if (!toolCalls.isEmpty()) {
            message.raw("tool_calls", "[" + toolCalls + "]");
        }
        return new Answered(null, null, message.toString(), Map.of(), List.of(), null);
    }
}
