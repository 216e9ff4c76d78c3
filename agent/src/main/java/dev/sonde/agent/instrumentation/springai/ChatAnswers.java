package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.springai.Usages.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one chat call: a {@code ChatResponse}, or many of them as they stream by. One thread at a time.
 */
final class ChatAnswers {

    /** Providers whose finish reasons Spring AI hands out as its own constants, whose names are theirs in upper case. */
    private static final Set<String> CONSTANTS = Set.of("openai", "azure_openai", "mistral_ai", "deepseek");

    private final String provider;
    private final StringBuilder text = new StringBuilder();
    private String reasoning = "";
    private final List<String> toolCalls = new ArrayList<>();
    private @Nullable String finishReason;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable Object usage;

    /** What earlier calls were counted, which Spring AI 1 adds to the count of this one. */
    private Counted before = Counted.NOTHING;

    ChatAnswers(String provider) {
        this.provider = provider;
    }

    void countedBefore(Counted counted) {
        before = counted;
    }

    /** Takes the next part; answers whether it carries something of the answer. */
    boolean add(Object response) {
        readMetadata(LibraryObjects.get(response, "getMetadata"));
        Object result = LibraryObjects.get(response, "getResult");
        Object message = LibraryObjects.get(result, "getOutput");
        if (message == null) {
            return false;
        }
        finishReason = reason(result, finishReason);
        String part = LibraryObjects.text(message, "getText");
        boolean added = thought(Messages.reasoning(message));
        if (part != null && !part.isEmpty()) {
            text.append(part);
            added = true;
        }
        return toolCalls.addAll(Messages.toolCalls(message)) || added;
    }

    /** What came so far. */
    Answered soFar() {
        boolean nothing = text.isEmpty() && reasoning.isEmpty() && toolCalls.isEmpty();
        return answered(
                nothing ? null : Messages.said(text, reasoning, toolCalls),
                finishReason == null ? List.of() : List.of(finishReason));
    }

    /** The whole, which may have streamed by before. */
    Answered whole(Object response) {
        Object streamed = usage;
        readMetadata(LibraryObjects.get(response, "getMetadata"));
        if (streamed != null) {
            usage = streamed; // the sum that Spring AI makes of a stream has lost the provider's details
        }
        List<String> reasons = new ArrayList<>();
        if (LibraryObjects.get(response, "getResults") instanceof List<?> results) {
            for (Object result : results) {
                String reason = reason(result, null);
                if (reason != null) {
                    reasons.add(reason);
                }
            }
        }
        String output = Messages.output(response);
        return output == null ? soFar() : answered(output, reasons);
    }

    /** Counts of a response of Spring AI 1, which include those of the calls before it. */
    static Counted counted(@Nullable Object response) {
        return Counted.of(LibraryObjects.get(LibraryObjects.get(response, "getMetadata"), "getUsage"));
    }

    private Answered answered(@Nullable String output, List<String> finishReasons) {
        Counted counted = Counted.of(usage);
        if (!Usages.isOfOneCall(usage)) {
            counted = counted.without(before);
        }
        return new Answered(
                id, model, output, new LinkedHashMap<>(Usages.buckets(usage, counted, provider)), finishReasons, null);
    }

    private boolean thought(String part) {
        if (part.isEmpty() || part.equals(reasoning)) {
            return false;
        }
        reasoning = part.startsWith(reasoning) ? part : reasoning + part; // some send all so far with each part
        return true;
    }

    private @Nullable String reason(@Nullable Object result, @Nullable String otherwise) {
        String reason = LibraryObjects.text(LibraryObjects.get(result, "getMetadata"), "getFinishReason");
        return nonEmpty(
                reason != null && CONSTANTS.contains(provider) ? reason.toLowerCase(Locale.ROOT) : reason, otherwise);
    }

    private void readMetadata(@Nullable Object metadata) {
        id = nonEmpty(LibraryObjects.text(metadata, "getId"), id);
        model = nonEmpty(LibraryObjects.text(metadata, "getModel"), model);
        Object counted = LibraryObjects.get(metadata, "getUsage");
        if (!Counted.of(counted).isEmpty()) {
            usage = counted;
        }
    }

    private static @Nullable String nonEmpty(@Nullable String text, @Nullable String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
