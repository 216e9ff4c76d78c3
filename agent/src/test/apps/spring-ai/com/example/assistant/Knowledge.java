package com.example.assistant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the assistant can be asked to play with its documents, images and meters. */
@Component
class Knowledge {
    private final ChatClient client;
    private final EmbeddingModel embeddings;
    private final ImageModel images;
    private final VectorStore store;
    private final ObjectProvider<MeterRegistry> meters;

    Knowledge(
            ChatClient.Builder client,
            EmbeddingModel embeddings,
            ImageModel images,
            VectorStore store,
            ObjectProvider<MeterRegistry> meters) {
        this.client = client.build();
        this.embeddings = embeddings;
        this.images = images;
        this.store = store;
        this.meters = meters;
    }

    String play(String scenario) {
        return switch (scenario) {
            case "embed" -> embeddings.embed("red fox").length > 0 ? "embedded" : "not embedded";
            case "learn" -> learn();
            case "search" -> search();
            case "answer" -> question().call().content();
            case "answerStream" -> Scenarios.joined(question().stream().content());
            case "draw" -> draw();
            case "meters" -> metered();
            default -> "unknown scenario";
        };
    }

    private String learn() {
        store.add(List.of(new Document("The fox is red."), new Document("Rockets burn kerosene.")));
        return "learned";
    }

    private String search() {
        List<Document> found = store.similaritySearch(
                SearchRequest.builder().query("fox").topK(1).build());
        return found.get(0).getText();
    }

    private ChatClient.ChatClientRequestSpec question() {
        QuestionAnswerAdvisor answers = QuestionAnswerAdvisor.builder(store)
                .searchRequest(SearchRequest.builder().topK(1).build())
                .build();
        return client.prompt().user("What colour is the fox?").advisors(answers);
    }

    private String draw() {
        ImageOptions small = ImageOptionsBuilder.builder()
                .model("gpt-image-1")
                .width(1024)
                .height(1024)
                .build();
        return images.call(new ImagePrompt("A red fox", small)).getResults().size() + " image";
    }

    /** What the application's own registry of meters has counted, if it has one. */
    private String metered() {
        MeterRegistry registry = meters.getIfAvailable();
        if (registry == null) {
            return "none";
        }
        return String.valueOf(registry.find("gen_ai.client.operation").timers().stream()
                .mapToLong(Timer::count)
                .sum());
    }
}
