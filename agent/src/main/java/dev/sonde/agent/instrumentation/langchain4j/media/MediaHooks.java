package dev.sonde.agent.instrumentation.langchain4j.media;

import dev.sonde.agent.tooling.LibraryMethod;
import java.util.List;

/** What is hooked of models that draw and models that moderate. */
public final class MediaHooks {
    private static final String IMAGES = "dev.langchain4j.model.image.ImageModel";
    private static final String MODERATION = "dev.langchain4j.model.moderation.ModerationModel";
    private static final String MODERATION_REQUEST = "dev.langchain4j.model.moderation.ModerationRequest";
    private static final String IMAGE = "dev.langchain4j.data.image.Image";
    private static final String TEXT = "java.lang.String";

    private MediaHooks() {}

    /** Methods of the library's own classes. */
    public static List<LibraryMethod> methods() {
        return List.of(moderate(MODERATION_REQUEST).ifThere());
    }

    /** Methods of what implements the library's types. */
    public static List<LibraryMethod> inherited() {
        return List.of(
                image("generate", List.of(TEXT)),
                image("generate", List.of(TEXT, "int")),
                image("edit", List.of(IMAGE, TEXT)),
                image("edit", List.of(IMAGE, IMAGE, TEXT)),
                moderate(MODERATION_REQUEST),
                moderate(TEXT),
                moderate("java.util.List"));
    }

    private static LibraryMethod image(String method, List<String> parameters) {
        return new LibraryMethod(IMAGES, method, parameters, () -> new ImageSite(method + "_images"));
    }

    private static LibraryMethod moderate(String parameter) {
        return new LibraryMethod(MODERATION, "moderate", List.of(parameter), ModerationSite::new);
    }
}
