package dev.sonde.testkit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link OpenAiProvider} does with one request. Immutable. */
public sealed interface Answer {
    /** Answers from the context passages in the prompt, or calls an offered tool; the default. */
    static Answer extractive() {
        return new Extractive();
    }

    /** Says exactly this and stops. */
    static Answer text(String content) {
        return new Scripted(content, List.of(), null);
    }

    /** Calls these tools and says nothing. */
    static Answer toolCalls(ToolCall... calls) {
        return new Scripted(null, List.of(calls), null);
    }

    /** Refuses with an error body in OpenAI's shape. */
    static Answer failure(int status, String message) {
        return new Failure(status, message, null);
    }

    /** Refuses and says how long to wait, rounded to whole seconds on the wire. */
    static Answer failure(int status, String message, Duration retryAfter) {
        return new Failure(status, message, retryAfter);
    }

    /** Sends this many chunks of the given answer's stream and then drops the connection. */
    static Answer cutAfter(int chunks, Answer answer) {
        return new Cut(chunks, answer);
    }

    /** Sends a recorded answer byte for byte. */
    static Answer recorded(Recording recording) {
        return new Recorded(recording);
    }

    /** The default behaviour. */
    record Extractive() implements Answer {}

    /**
     * A fixed message.
     *
     * @param content null when the message only calls tools
     * @param usage null to count the tokens
     */
    record Scripted(
            @Nullable String content,
            List<ToolCall> toolCalls,
            @Nullable Usage usage) implements Answer {
        public Scripted {
            toolCalls = List.copyOf(toolCalls);
        }

        /** The same message with this usage instead of counted tokens. */
        public Scripted withUsage(Usage replacement) {
            return new Scripted(content, toolCalls, replacement);
        }
    }

    /**
     * An error.
     *
     * @param retryAfter null for no {@code Retry-After} header
     */
    record Failure(int status, String message, @Nullable Duration retryAfter) implements Answer {}

    /** A stream that breaks off. */
    record Cut(int chunks, Answer answer) implements Answer {}

    /** A replay. */
    record Recorded(Recording recording) implements Answer {}

    /**
     * One function call asked for by the model.
     *
     * @param arguments a JSON object as text
     */
    record ToolCall(String name, String arguments) {}

    /** Token counts as OpenAI reports them: cached is a part of prompt, reasoning a part of completion. */
    record Usage(int prompt, int completion, int cached, int reasoning) {
        /** Nothing cached, no reasoning. */
        public static Usage of(int prompt, int completion) {
            return new Usage(prompt, completion, 0, 0);
        }
    }
}
