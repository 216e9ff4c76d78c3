package com.example.traced;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.sonde.annotations.Observe;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;

/** An application that another tracer traces too. Prints the ids of that tracer's traces and what the model said. */
public final class Traced {

    private final OpenAIClient client;

    private Traced(String baseUrl) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .maxRetries(0)
                .build();
    }

    @Observe
    String ask(String question) {
        return CompletableFuture.supplyAsync(() -> answer(question)).join();
    }

    @Observe
    String answer(String question) {
        return client
                .chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addUserMessage(question)
                        .build())
                .choices()
                .stream()
                .flatMap(choice -> choice.message().content().stream())
                .findFirst()
                .orElse("");
    }

    @Observe
    static String alone() {
        return "alone";
    }

    public static void main(String[] arguments) {
        System.out.println(alone());
        Traced traced = new Traced(arguments[0]);
        Tracer tracer = GlobalOpenTelemetry.getTracer("traced");
        Span span = tracer.spanBuilder("outer").startSpan();
        try (Scope ignored = span.makeCurrent()) {
            System.out.println("trace " + span.getSpanContext().getTraceId());
            System.out.println(traced.ask("What is blue?"));
        } finally {
            span.end();
        }
        System.out.println(alone());
    }
}
