package com.example.lc4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.concurrent.CompletableFuture;

/** Stops streams early, which newer versions of the library can. */
public final class CancelApp {
    private CancelApp() {}

    public static void main(String[] arguments) throws Exception {
        StreamingChatModel streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .build();
        Scenarios.play(scenario -> {
            Stopping handler = new Stopping(scenario.equals("inside"));
            streaming.chat(ModelApp.request(), handler);
            StreamingHandle handle = handler.first.get();
            if (scenario.equals("outside")) {
                handle.cancel();
            }
            return String.valueOf(handle.isCancelled());
        });
    }

    private static final class Stopping extends ModelApp.Collecting {
        private final CompletableFuture<StreamingHandle> first = new CompletableFuture<>();
        private final boolean atOnce;

        Stopping(boolean atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
            if (atOnce) {
                context.streamingHandle().cancel();
            }
            first.complete(context.streamingHandle());
        }
    }
}
