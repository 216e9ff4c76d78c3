package com.example.lc4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
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
            if (scenario.equals("service")) {
                return service(streaming);
            }
            Stopping handler = new Stopping(scenario.equals("inside"));
            streaming.chat(ModelApp.request(), handler);
            StreamingHandle handle = handler.first.get();
            if (scenario.equals("outside")) {
                handle.cancel();
            }
            return String.valueOf(handle.isCancelled());
        });
    }

    interface Assistant {
        TokenStream stream(String question);
    }

    private static String service(StreamingChatModel streaming) throws Exception {
        CompletableFuture<StreamingHandle> first = new CompletableFuture<>();
        AiServices.create(Assistant.class, streaming).stream("Say hello")
                .onPartialResponseWithContext((part, context) -> first.complete(context.streamingHandle()))
                .onCompleteResponse(response -> {})
                .ignoreErrors()
                .start();
        first.get().cancel();
        return String.valueOf(first.get().isCancelled());
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
