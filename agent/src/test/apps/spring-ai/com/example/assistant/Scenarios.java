package com.example.assistant;

import dev.sonde.annotations.Observe;
import java.time.Duration;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What the assistant can be asked to play with chats. */
@Component
class Scenarios {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ChatModel model;
    private final ChatClient client;
    private final Knowledge knowledge;

    Scenarios(ChatModel model, ChatClient.Builder client, Knowledge knowledge) {
        this.model = model;
        this.client = client.build();
        this.knowledge = knowledge;
    }

    String play(String scenario) {
        try {
            return switch (scenario) {
                case "call" -> hello().call().content();
                case "stream" -> joined(hello().stream().content());
                case "observed" -> observed();
                case "observedStream" -> joined(observedStream());
                case "model" -> text(model.call(new Prompt("Say hello")));
                case "modelStream" -> joined(model.stream(new Prompt("Say hello")).map(Scenarios::text));
                case "tools" -> weather().call().content();
                case "toolsStream" -> joined(weather().stream().content());
                case "conversation" -> conversation("talk-1").call().content();
                case "conversationStream" -> joined(conversation("talk-2").stream().content());
                case "cancelled" -> joined(hello().stream().content().take(2));
                case "elsewhere" ->
                    joined(hello().stream().content().subscribeOn(Schedulers.boundedElastic()));
                case "twice" -> twice();
                case "atOnce" -> atOnce();
                default -> knowledge.play(scenario);
            };
        } catch (RuntimeException e) {
            return "threw " + e;
        }
    }

    private ChatClient.ChatClientRequestSpec hello() {
        return client.prompt().user("Say hello");
    }

    private ChatClient.ChatClientRequestSpec weather() {
        return client.prompt().user("What is the weather in Oslo?").tools(new Weather());
    }

    @Observe(name = "outer")
    private String observed() {
        return hello().call().content();
    }

    @Observe(name = "outer")
    private Flux<String> observedStream() {
        return hello().stream().content();
    }

    private ChatClient.ChatClientRequestSpec conversation(String id) {
        ChatMemory memory = MessageWindowChatMemory.builder().build();
        return hello().advisors(MessageChatMemoryAdvisor.builder(memory).build())
                .advisors(spec -> spec.param(ChatMemory.CONVERSATION_ID, id).param("langfuse_user_id", "ada"));
    }

    private String twice() {
        Flux<String> answer = hello().stream().content();
        return joined(answer) + " | " + joined(answer);
    }

    private String atOnce() {
        List<String> both = Flux.merge(observedStream().collectList(), observedStream().collectList())
                .map(parts -> String.join("", parts))
                .collectList()
                .block(LONG);
        return String.join(" | ", both);
    }

    static String joined(Flux<String> parts) {
        return String.join("", parts.collectList().block(LONG));
    }

    private static String text(ChatResponse response) {
        String text = response.getResult() == null
                ? null
                : response.getResult().getOutput().getText();
        return text == null ? "" : text;
    }
}
