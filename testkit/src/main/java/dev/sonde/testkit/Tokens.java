package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Counts and splits text with the tokeniser of a model, and finds what a prompt cache would have held. Message framing
 * follows OpenAI's published rule (3 tokens a message, 3 to prime the answer); functions are counted as their JSON,
 * which is close to, but not exactly, what the real service bills. May be called from any thread.
 */
public final class Tokens {
    private static final int PER_MESSAGE = 3;
    private static final int PRIMING = 3;
    /** The real service caches prompts from this many tokens on, in steps of {@link #CACHE_STEP}. */
    private static final int CACHE_MINIMUM = 1024;

    private static final int CACHE_STEP = 128;
    private static final int REMEMBERED_PROMPTS = 32;

    /** One for all: each encoding takes some 80 MB. */
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    private final Object lock = new Object();
    /** Guarded by lock. */
    private final Deque<int[]> recentPrompts = new ArrayDeque<>();

    /** Tokens of the text. */
    public int count(String model, String text) {
        return encoding(model).countTokensOrdinary(text);
    }

    /** What the message says it used, else what the texts come to; the prompt counts as seen from now on. */
    public Answer.Usage usage(ChatRequest request, Answer.Scripted message, int choices) {
        if (message.usage() != null) {
            return message.usage();
        }
        int[] prompt = prompt(request);
        int completion = message.content() == null ? 0 : count(request.model(), message.content());
        for (Answer.ToolCall call : message.toolCalls()) {
            completion += count(request.model(), call.name() + call.arguments());
        }
        int thinking = message.thinking() == null ? 0 : count(request.model(), message.thinking());
        return new Answer.Usage(prompt.length, (completion + thinking) * choices, cached(prompt), thinking * choices);
    }

    /** Tokens of the prompt, which is not remembered as seen. */
    int promptTokens(ChatRequest request) {
        return prompt(request).length;
    }

    private int[] prompt(ChatRequest request) {
        Encoding encoding = encoding(request.model());
        IntArrayList tokens = new IntArrayList();
        for (JsonNode function : request.functions()) {
            addAll(tokens, encoding.encodeOrdinary(function.toString()));
        }
        for (ChatRequest.Message message : request.messages()) {
            for (int i = 0; i < PER_MESSAGE; i++) {
                tokens.add(-1);
            }
            addAll(tokens, encoding.encodeOrdinary(message.role()));
            addAll(tokens, encoding.encodeOrdinary(message.text()));
            for (JsonNode call : message.json().path("tool_calls")) {
                addAll(tokens, encoding.encodeOrdinary(call.path("function").toString()));
            }
        }
        for (int i = 0; i < PRIMING; i++) {
            tokens.add(-1);
        }
        return tokens.toArray();
    }

    /** How many leading tokens an earlier prompt shared with this one; remembers this one. */
    private int cached(int[] prompt) {
        int shared = 0;
        synchronized (lock) {
            for (int[] earlier : recentPrompts) {
                int mismatch = Arrays.mismatch(earlier, prompt);
                shared = Math.max(shared, mismatch < 0 ? prompt.length : mismatch);
            }
            recentPrompts.addFirst(prompt);
            if (recentPrompts.size() > REMEMBERED_PROMPTS) {
                recentPrompts.removeLast();
            }
        }
        return shared < CACHE_MINIMUM ? 0 : shared - shared % CACHE_STEP;
    }

    /** The text in pieces of one token, except where one character takes several tokens. */
    public List<String> split(String model, String text) {
        Encoding encoding = encoding(model);
        IntArrayList tokens = encoding.encodeOrdinary(text);
        List<String> pieces = new ArrayList<>(tokens.size());
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer pending = ByteBuffer.allocate(Math.max(16, text.length() * 4));
        CharBuffer decoded = CharBuffer.allocate(Math.max(16, text.length() + 1));
        for (int i = 0; i < tokens.size(); i++) {
            IntArrayList one = new IntArrayList(1);
            one.add(tokens.get(i));
            pending.put(encoding.decodeBytes(one));
            pending.flip();
            decoder.decode(pending, decoded, false);
            pending.compact();
            decoded.flip();
            if (decoded.hasRemaining()) {
                pieces.add(decoded.toString());
            }
            decoded.clear();
        }
        return pieces;
    }

    /** The longest prefix of at most so many tokens. */
    String truncate(String model, String text, int limit) {
        List<String> pieces = split(model, text);
        return pieces.size() <= limit ? text : String.join("", pieces.subList(0, limit));
    }

    private Encoding encoding(String model) {
        return ENCODINGS.getEncodingForModel(model).orElseGet(() -> ENCODINGS.getEncoding(EncodingType.O200K_BASE));
    }

    private static void addAll(IntArrayList target, IntArrayList more) {
        for (int i = 0; i < more.size(); i++) {
            target.add(more.get(i));
        }
    }
}
