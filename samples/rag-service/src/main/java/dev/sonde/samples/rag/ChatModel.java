package dev.sonde.samples.rag;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Asks the model: once with the tool on offer, and after a tool call once more, streaming. */
class ChatModel {
    /**
     * What the model said.
     *
     * @param evidence what the tools told it
     */
    record Reply(String text, List<String> evidence) {}

    private static final String INSTRUCTIONS = "You answer questions of visitors to the Skarv islands."
            + " Use only what the context and the tools say, in at most two sentences.";

    private final OpenAIClient client;
    private final String model;
    private final OpeningHours openingHours;

    ChatModel(OpenAIClient client, String model, OpeningHours openingHours) {
        this.client = client;
        this.model = model;
        this.openingHours = openingHours;
    }

    Reply answer(String question, List<Retriever.Hit> context) {
        ChatCompletionCreateParams.Builder conversation = ChatCompletionCreateParams.builder()
                .model(model)
                .temperature(0.2)
                .addSystemMessage(INSTRUCTIONS)
                .addUserMessage(prompt(question, context));
        ChatCompletionMessage first = client.chat()
                .completions()
                .create(conversation.addTool(OpeningHours.Question.class).build())
                .choices()
                .get(0)
                .message();
        List<ChatCompletionMessageToolCall> calls = first.toolCalls().orElse(List.of());
        if (calls.isEmpty()) {
            return new Reply(first.content().orElse(""), List.of());
        }
        conversation.addMessage(first);
        List<String> evidence = new ArrayList<>();
        for (ChatCompletionMessageToolCall call : calls) {
            String result = run(call.asFunction());
            evidence.add(result);
            conversation.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.asFunction().id())
                    .content(result)
                    .build());
        }
        return new Reply(stream(conversation.build()), evidence);
    }

    private String run(ChatCompletionMessageFunctionToolCall call) {
        return openingHours.of(call.function().arguments(OpeningHours.Question.class).place);
    }

    private String stream(ChatCompletionCreateParams params) {
        ChatCompletionCreateParams counted = params.toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(counted)) {
            response.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion().choices().get(0).message().content().orElse("");
    }

    private static String prompt(String question, List<Retriever.Hit> context) {
        String passages =
                context.stream().map(hit -> hit.title() + "\n" + hit.text()).collect(Collectors.joining("\n\n"));
        return "Context:\n" + passages + "\n\nQuestion: " + question;
    }
}
