package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is hooked in openai-java. See the package for what that covers. */
public final class OpenAiInstrumentation implements LibraryInstrumentation {
    private static final String REQUEST_OPTIONS = "com.openai.core.RequestOptions";

    @Override
    public String library() {
        return "openai-java";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (Service service : List.of(
                new Service(
                        "chat.ChatCompletionService", "chat.completions.ChatCompletionCreateParams", ChatEndpoint::new),
                new Service("ResponseService", "responses.ResponseCreateParams", ResponsesEndpoint::new),
                new Service("CompletionService", "completions.CompletionCreateParams", CompletionsEndpoint::new),
                transcript(
                        "transcription", "audio.TranscriptionService", "transcriptions.TranscriptionCreateParams"))) {
            methods.addAll(service.hooks("create", false, true));
            methods.addAll(service.hooks("createStreaming", true, true));
        }
        for (Service service : List.of(
                new Service("EmbeddingService", "embeddings.EmbeddingCreateParams", EmbeddingsEndpoint::new),
                new Service("ModerationService", "moderations.ModerationCreateParams", ModerationEndpoint::new),
                new Service("audio.SpeechService", "audio.speech.SpeechCreateParams", SpeechEndpoint::new),
                transcript("translation", "audio.TranslationService", "translations.TranslationCreateParams"))) {
            methods.addAll(service.hooks("create", false, true));
        }
        addImages(methods);
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod("com.openai.core.ClientOptions", "jsonMapper", List.of()),
                new RequiredMethod("com.openai.core.http.HttpResponseFor", "parse", List.of()));
    }

    /** Streams of images came with version 2. */
    private static void addImages(List<LibraryMethod> methods) {
        Service generate = images("generate_images", "ImageGenerateParams", false);
        Service edit = images("edit_images", "ImageEditParams", true);
        methods.addAll(generate.hooks("generate", false, true));
        methods.addAll(generate.hooks("generateStreaming", true, false));
        methods.addAll(edit.hooks("edit", false, true));
        methods.addAll(edit.hooks("editStreaming", true, false));
        methods.addAll(images("vary_images", "ImageCreateVariationParams", true).hooks("createVariation", false, true));
    }

    private static Service images(String operation, String params, boolean uploads) {
        return new Service("ImageService", "images." + params, () -> new ImagesEndpoint(operation, uploads));
    }

    private static Service transcript(String operation, String service, String params) {
        return new Service(service, "audio." + params, () -> new TranscriptEndpoint(operation));
    }

    /** The two classes of a service, blocking and asynchronous, and what their methods take. */
    private record Service(String name, String params, Supplier<Endpoint> endpoint) {
        List<LibraryMethod> hooks(String method, boolean streaming, boolean inAllVersions) {
            List<LibraryMethod> hooks = new ArrayList<>();
            List<String> parameters = List.of("com.openai.models." + params, REQUEST_OPTIONS);
            for (String implementation : List.of("blocking." + name + "Impl", "async." + name + "AsyncImpl")) {
                String className = "com.openai.services." + implementation + "$WithRawResponseImpl";
                LibraryMethod hook = new LibraryMethod(
                        className, method, parameters, () -> new OpenAiSite(endpoint.get(), streaming));
                hooks.add(inAllVersions ? hook : hook.ifThere());
            }
            return hooks;
        }
    }
}
