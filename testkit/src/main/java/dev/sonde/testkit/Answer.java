package dev.sonde.testkit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link LocalProvider} does with one request. Immutable. */
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

    /** Refuses with an error body in the provider's shape. */
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

    /** Sends this many events of the given answer's stream, then an error as an event, and ends. */
    static Answer failAfter(int events, Answer answer, int status, String message) {
        return new FailedStream(events, answer, new Failure(status, message, null));
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
     * @param thinking what is shown of the thoughts before the answer, on wires that show them; null for none
     */
    record Scripted(
            @Nullable String content,
            List<ToolCall> toolCalls,
            @Nullable Usage usage,
            @Nullable String thinking) implements Answer {
        public Scripted {
            toolCalls = List.copyOf(toolCalls);
        }

        /** A message without thoughts. */
        public Scripted(@Nullable String content, List<ToolCall> toolCalls, @Nullable Usage usage) {
            this(content, toolCalls, usage, null);
        }

        /** The same message with this usage instead of counted tokens. */
        public Scripted withUsage(Usage replacement) {
            return new Scripted(content, toolCalls, replacement, thinking);
        }

        /** The same message after these thoughts. */
        public Scripted withThinking(String thoughts) {
            return new Scripted(content, toolCalls, usage, thoughts);
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

    /** A stream whose last event is an error. */
    record FailedStream(int events, Answer answer, Failure failure) implements Answer {}

    /** A replay. */
    record Recorded(Recording recording) implements Answer {}

    /**
     * One function call asked for by the model.
     *
     * @param arguments a JSON object as text
     */
    record ToolCall(String name, String arguments) {}

    /**
     * Token counts in whole: cached and cacheWritten are parts of prompt, reasoning is a part of completion.
     *
     * @param cached read from a prompt cache
     * @param cacheWritten put into a prompt cache, of which OpenAI's wire says nothing
     */
    record Usage(int prompt, int completion, int cached, int reasoning, int cacheWritten) {
        /** Nothing written. */
        public Usage(int prompt, int completion, int cached, int reasoning) {
            this(prompt, completion, cached, reasoning, 0);
        }

        /** Nothing cached, no reasoning. */
        public static Usage of(int prompt, int completion) {
            return new Usage(prompt, completion, 0, 0);
        }
    }
}
