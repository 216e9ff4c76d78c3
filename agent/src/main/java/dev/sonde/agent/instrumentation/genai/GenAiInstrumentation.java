package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import dev.sonde.boot.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is hooked in google-genai. See the package for what that covers. */
public final class GenAiInstrumentation implements LibraryInstrumentation {
    private static final String PACKAGE = "com.google.genai.";
    private static final String TYPES = PACKAGE + "types.";
    private static final String MODELS = PACKAGE + "Models";
    private static final String ASYNC_MODELS = PACKAGE + "AsyncModels";
    private static final String STREAM = PACKAGE + "ResponseStream";
    private static final String ITERATOR = STREAM + "$ResponseStreamIterator";
    private static final String STRING = "java.lang.String";
    private static final String LIST = "java.util.List";
    private static final String CONFIG = TYPES + "GenerateContentConfig";

    @Override
    public String library() {
        return "google-genai";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String models : List.of(MODELS, ASYNC_MODELS)) {
            boolean async = models.equals(ASYNC_MODELS);
            methods.add(new LibraryMethod(
                    models, "generateContent", List.of(STRING, LIST, CONFIG), () -> new GenAiLoops(async)));
            addModelCalls(methods, models, async);
        }
        addStreams(methods);
        String util = PACKAGE + "AfcUtil";
        String map = "com.google.common.collect.ImmutableMap";
        String method = "java.lang.reflect.Method";
        methods.add(new LibraryMethod(
                        util,
                        "getFunctionResponse",
                        List.of(method, "java.util.Map", "java.lang.Object"),
                        GenAiTools::new)
                .or(new LibraryMethod(util, "getFunctionResponse", List.of(method, map), GenAiTools::new)));
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        return List.of(
                new RequiredMethod(PACKAGE + "JsonSerializable", "toJson", List.of()),
                new RequiredMethod(STREAM, "iterator", List.of()));
    }

    /** The methods that send one request each. The asynchronous ones are missing where they call the others. */
    private static void addModelCalls(List<LibraryMethod> methods, String models, boolean async) {
        String embedConfig = TYPES + "EmbedContentConfig";
        List<LibraryMethod> calls = List.of(
                new LibraryMethod(
                        models, "privateGenerateContent", List.of(STRING, LIST, CONFIG), site(new ContentEndpoint())),
                new LibraryMethod(
                        models,
                        "privateGenerateContentStream",
                        List.of(STRING, LIST, CONFIG),
                        site(new ContentEndpoint.Streamed())),
                new LibraryMethod(
                                models,
                                "privateEmbedContent",
                                List.of(STRING, LIST, TYPES + "Content", TYPES + "EmbeddingApiType", embedConfig),
                                site(new EmbeddingEndpoint()))
                        .or(new LibraryMethod(
                                models,
                                "privateEmbedContent",
                                List.of(STRING, LIST, embedConfig),
                                site(new EmbeddingEndpoint()))),
                new LibraryMethod(
                        models,
                        "privateGenerateImages",
                        List.of(STRING, STRING, TYPES + "GenerateImagesConfig"),
                        site(new ImageEndpoint("generate_images"))),
                new LibraryMethod(
                        models,
                        "privateEditImage",
                        List.of(STRING, STRING, LIST, TYPES + "EditImageConfig"),
                        site(new ImageEndpoint("edit_image"))),
                new LibraryMethod(
                        models,
                        "privateUpscaleImage",
                        List.of(STRING, TYPES + "Image", STRING, TYPES + "UpscaleImageAPIConfig"),
                        site(new ImageEndpoint("upscale_image"))));
        calls.forEach(call -> methods.add(async ? call.ifThere() : call));
    }

    private static Supplier<SiteHandler> site(Endpoint endpoint) {
        return () -> new GenAiSite(endpoint);
    }

    private static void addStreams(List<LibraryMethod> methods) {
        methods.add(new LibraryMethod(ITERATOR, "hasNext", List.of(), GenAiStreams.More::new));
        methods.add(new LibraryMethod(ITERATOR, "readNextJson", List.of(), GenAiStreams.Read::new));
        methods.add(new LibraryMethod(ITERATOR, "readCurrent", List.of(), GenAiStreams.Part::new)
                .or(new LibraryMethod(ITERATOR, "next", List.of(), GenAiStreams.Part::new)));
        methods.add(new LibraryMethod(STREAM, "close", List.of(), GenAiStreams.Close::new));
    }
}
