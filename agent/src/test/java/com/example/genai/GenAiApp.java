package com.example.genai;

import com.google.common.collect.ImmutableList;
import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateImagesConfig;
import com.google.genai.types.GenerateImagesResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import dev.sonde.annotations.Observe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.LogManager;

/**
 * An application that reads the name of a scenario from each line of its input, plays it against the server whose address
 * is its argument, and prints how it went on one line. Uses only what every supported version of the library has.
 */
public final class GenAiApp {
    private static final String MODEL = "gemini-2.5-flash";
    private static final String QUESTION = "Say hello";

    private final Client client;
    private final Client vertex;

    private GenAiApp(String baseUrl) {
        HttpOptions options = HttpOptions.builder().baseUrl(baseUrl).build();
        client = Client.builder().apiKey("test").httpOptions(options).build();
        vertex = Client.builder()
                .apiKey("test")
                .vertexAI(true)
                .httpOptions(options)
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        // The library logs what it does about functions.
        LogManager.getLogManager().reset();
        GenAiApp app = new GenAiApp(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String scenario = input.readLine(); scenario != null; scenario = input.readLine()) {
            System.out.println("> " + app.play(scenario).replace('\n', ' '));
        }
        System.exit(0);
    }

    /** What the model may call; found by its name. */
    public static String weather(String city) {
        return "Sunny in " + city;
    }

    /** What the model may call, and what does not work. */
    public static String broken(String city) {
        throw new IllegalStateException("no weather in " + city);
    }

    private String play(String scenario) {
        try {
            return switch (scenario) {
                case "blocking" ->
                    client.models.generateContent(MODEL, QUESTION, warm()).text();
                case "observed" -> observed();
                case "image" -> image();
                case "system" -> system();
                case "tools" -> tools();
                case "automatic" -> automatic("weather");
                case "automaticUncalled" -> automatic("weather");
                case "automaticBroken" -> automatic("broken");
                case "automaticAsync" ->
                    client.async
                            .models
                            .generateContent(MODEL, QUESTION, calling("weather"))
                            .join()
                            .text();
                case "async" ->
                    client.async
                            .models
                            .generateContent(MODEL, QUESTION, warm())
                            .join()
                            .text();
                case "asyncCancelled" -> asyncCancelled();
                case "streaming" -> streaming(Integer.MAX_VALUE);
                case "streamingCancelled" -> streaming(1);
                case "streamingDropped" -> streamingDropped();
                case "streamingIterator" -> streamingIterator();
                case "streamingThrows" -> streamingThrows();
                case "asyncStreaming" -> asyncStreaming();
                case "chat" -> chat();
                case "chatStreaming" -> chatStreaming();
                case "embed" -> embed();
                case "embedAsync" -> embedAsync();
                case "images" -> images();
                case "imagesAsync" -> imagesAsync();
                default -> "unknown scenario";
            };
        } catch (CompletionException e) {
            return "threw CompletionException of " + e.getCause();
        } catch (RuntimeException | ReflectiveOperationException | LinkageError e) {
            return "threw " + e;
        }
    }

    @Observe(name = "outer")
    private String observed() {
        return client.models.generateContent(MODEL, QUESTION, warm()).text();
    }

    private String image() {
        Content content = Content.fromParts(
                Part.fromText("What is this?"), Part.fromBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, "image/png"));
        return client.models.generateContent(MODEL, content, null).text();
    }

    private String system() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
                .maxOutputTokens(64)
                .build();
        return client.models.generateContent(MODEL, QUESTION, config).text();
    }

    private String tools() {
        Tool tool = Tool.builder()
                .functionDeclarations(FunctionDeclaration.builder()
                        .name("greet")
                        .description("Greets somebody.")
                        .build())
                .build();
        GenerateContentResponse response = client.models.generateContent(
                MODEL, QUESTION, GenerateContentConfig.builder().tools(tool).build());
        return response.functionCalls().get(0).name().get();
    }

    private String automatic(String function) throws ReflectiveOperationException {
        return client.models.generateContent(MODEL, QUESTION, calling(function)).text();
    }

    private static GenerateContentConfig calling(String function) throws ReflectiveOperationException {
        Tool tool = Tool.builder()
                .functions(ImmutableList.of(GenAiApp.class.getMethod(function, String.class)))
                .build();
        return GenerateContentConfig.builder().tools(tool).build();
    }

    private String asyncCancelled() {
        CompletableFuture<GenerateContentResponse> answer =
                client.async.models.generateContent(MODEL, QUESTION, warm());
        answer.cancel(true);
        try {
            return answer.join().text();
        } catch (CancellationException e) {
            return "cancelled";
        }
    }

    private String streaming(int parts) {
        StringBuilder text = new StringBuilder();
        int seen = 0;
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, QUESTION, warm())) {
            for (GenerateContentResponse response : stream) {
                text.append(response.text());
                if (++seen == parts) {
                    break;
                }
            }
        }
        return text.toString();
    }

    private String streamingDropped() {
        String first = client.models
                .generateContentStream(MODEL, QUESTION, warm())
                .iterator()
                .next()
                .text();
        System.gc();
        return first;
    }

    private String streamingIterator() {
        StringBuilder text = new StringBuilder();
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, QUESTION, warm())) {
            for (Iterator<GenerateContentResponse> parts = stream.iterator(); parts.hasNext(); ) {
                text.append(parts.next().text());
            }
        }
        return text.toString();
    }

    private String streamingThrows() {
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, QUESTION, warm())) {
            stream.forEach(part -> {
                throw new IllegalStateException("the application's own");
            });
        }
        return "not thrown";
    }

    private String asyncStreaming() {
        StringBuilder text = new StringBuilder();
        try (ResponseStream<GenerateContentResponse> stream = client.async
                .models
                .generateContentStream(MODEL, QUESTION, warm())
                .join()) {
            stream.forEach(part -> text.append(part.text()));
        }
        return text.toString();
    }

    private String chat() {
        Chat chat = client.chats.create(MODEL);
        String first = chat.sendMessage("Say hello").text();
        return first + " / " + chat.sendMessage("Again").text();
    }

    private String chatStreaming() {
        Chat chat = client.chats.create(MODEL);
        StringBuilder text = new StringBuilder();
        for (GenerateContentResponse part : chat.sendMessageStream("Say hello")) {
            text.append(part.text());
        }
        return text + " " + chat.getHistory(true).get(0).text();
    }

    private String embed() {
        return client.models
                        .embedContent("gemini-embedding-001", List.of("red fox", "blue whale"), small())
                        .embeddings()
                        .get()
                        .size()
                + " vectors";
    }

    private String embedAsync() {
        return client.async
                        .models
                        .embedContent("gemini-embedding-001", "red fox", small())
                        .join()
                        .embeddings()
                        .get()
                        .size()
                + " vectors";
    }

    @SuppressWarnings("deprecation") // there is nothing else yet
    private String images() {
        return count(vertex.models.generateImages("imagen-4.0-generate-001", "A red fox", one()));
    }

    @SuppressWarnings("deprecation") // as above
    private String imagesAsync() {
        return count(vertex.async
                .models
                .generateImages("imagen-4.0-generate-001", "A red fox", one())
                .join());
    }

    private static String count(GenerateImagesResponse response) {
        return response.generatedImages().get().size() + " images";
    }

    private static GenerateContentConfig warm() {
        return GenerateContentConfig.builder().temperature(0.5f).build();
    }

    private static EmbedContentConfig small() {
        return EmbedContentConfig.builder().outputDimensionality(8).build();
    }

    private static GenerateImagesConfig one() {
        return GenerateImagesConfig.builder().numberOfImages(1).build();
    }
}
