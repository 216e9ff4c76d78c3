package dev.sonde.benchmarks.programs;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.concurrent.TimeUnit;

/**
 * Calls a chat model that answers at once, with a prompt of about 500 characters. Arguments: the model's base URL, seconds
 * of warm-up, seconds of measuring.
 */
public final class ChatProgram {

    private static final String QUESTION = "What does a tracer cost its application? ".repeat(12);

    private ChatProgram() {}

    /** Runs, and says what a call cost. */
    public static void main(String[] arguments) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(arguments[0])
                .apiKey("benchmark")
                .build();
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addSystemMessage("You answer in a sentence or two.")
                .addUserMessage(QUESTION)
                .temperature(0.2)
                .build();
        Slice slice = new Slice(seed -> seed ^ call(client, params), 1);
        long warmUps = slice.warmUp(TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[1])));
        Slice.Measured measured = slice.measure(TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2])));
        double operations = measured.operations();
        Answer.say("nanos", measured.nanos());
        Answer.say("bytes", measured.bytes() / operations);
        Answer.say("callerCpuNanos", measured.cpuNanos() / operations);
        Answer.say("processCpuNanos", measured.processCpuNanos() / operations);
        Answer.say("operations", operations + warmUps);
        client.close();
    }

    private static int call(OpenAIClient client, ChatCompletionCreateParams params) {
        ChatCompletion completion = client.chat().completions().create(params);
        return completion.choices().get(0).message().content().orElseThrow().length();
    }
}
