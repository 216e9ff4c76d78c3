package com.example.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.images.ImageEditStreamEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Images that come as they are drawn, which version 2 began with. */
final class StreamedDrawings {
    private StreamedDrawings() {}

    static String play(OpenAIClient client, String scenario) throws IOException {
        ImageGenerateParams generate = ImageGenerateParams.builder()
                .model("gpt-image-1")
                .prompt("A red fox")
                .partialImages(2)
                .build();
        if (scenario.equals("drawingAsync")) {
            AtomicInteger events = new AtomicInteger();
            AsyncStreamResponse<ImageGenStreamEvent> response =
                    client.async().images().generateStreaming(generate);
            response.subscribe(event -> events.incrementAndGet());
            response.onCompleteFuture().join();
            return events + " events";
        }
        if (scenario.equals("drawingEdit")) {
            try (StreamResponse<ImageEditStreamEvent> response = client.images().editStreaming(Drawings.edit())) {
                return response.stream().count() + " events";
            }
        }
        try (StreamResponse<ImageGenStreamEvent> response = client.images().generateStreaming(generate)) {
            return response.stream()
                            .limit(scenario.equals("drawingCancelled") ? 1 : Integer.MAX_VALUE)
                            .count()
                    + " events";
        }
    }
}
