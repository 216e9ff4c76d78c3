package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChat;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Legacy completions: a prompt in, the text of each choice out. */
final class CompletionsEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiChat.askedByPrompt(bodyJson, streaming);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        return OpenAiChat.answered(LibraryObjects.json(clientOptions, response));
    }

    @Override
    public Fold fold(@Nullable Object clientOptions) {
        return new Texts(clientOptions);
    }

    /** The texts in the making, by the index of their choice. */
    private static final class Texts implements Fold {
        private final @Nullable Object clientOptions;
        private final TreeMap<Long, StringBuilder> texts = new TreeMap<>();
        private final TreeMap<Long, String> finishReasons = new TreeMap<>();
        private @Nullable String id;
        private @Nullable String model;
        private Map<String, Long> usage = Map.of();

        Texts(@Nullable Object clientOptions) {
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
            if (LibraryObjects.get(chunk, "choices") instanceof List<?> choices) {
                for (Object choice : choices) {
                    content |= addChoice(choice);
                }
            }
            return content;
        }

        private boolean addChoice(@Nullable Object choice) {
            long index = LibraryObjects.get(choice, "index") instanceof Number number ? number.longValue() : 0;
            String reason = LibraryObjects.text(choice, "finishReason");
            if (reason != null && !reason.isEmpty()) {
                finishReasons.put(index, reason);
            }
            String text = LibraryObjects.text(choice, "text");
            StringBuilder all = texts.computeIfAbsent(index, missing -> new StringBuilder());
            if (text == null || text.isEmpty()) {
                return false;
            }
            all.append(text);
            return true;
        }

        @Override
        public Answered answered() {
            List<String> outputs = new ArrayList<>();
            texts.values().forEach(text -> outputs.add(JsonText.quoted(text)));
            return new Answered(
                    id, model, OpenAiChat.output(outputs), usage, List.copyOf(finishReasons.values()), null);
        }
    }
}
