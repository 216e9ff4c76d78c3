package com.example.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.models.images.ImageCreateVariationParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images drawn, edited and varied. */
@SuppressWarnings("deprecation") // variations are still offered
final class Drawings {
    private Drawings() {}

    static String play(OpenAIClient client, String scenario) throws IOException {
        ImageGenerateParams generate = ImageGenerateParams.builder()
                .model("gpt-image-1")
                .prompt("A red fox")
                .n(2)
                .size(ImageGenerateParams.Size._1024X1024)
                .quality(ImageGenerateParams.Quality.LOW)
                .build();
        return switch (scenario) {
            case "images" -> drawn(client.images().generate(generate));
            case "imagesAsync" ->
                drawn(client.async().images().generate(generate).join());
            case "imagesRaw" -> {
                try (HttpResponseFor<ImagesResponse> response =
                        client.images().withRawResponse().generate(generate)) {
                    yield response.statusCode() + " " + drawn(response.parse());
                }
            }
            case "imagesEdit" -> drawn(client.images().edit(edit()));
            case "imagesEditAsync" -> drawn(client.async().images().edit(edit()).join());
            case "imagesVariation" -> drawn(client.images().createVariation(variation()));
            case "imagesVariationAsync" ->
                drawn(client.async().images().createVariation(variation()).join());
            default -> "unknown scenario";
        };
    }

    /** Uploads one image as a file. */
    static ImageEditParams edit() throws IOException {
        Path image = Files.createTempFile("fox", ".png");
        image.toFile().deleteOnExit();
        Files.write(image, new byte[200]);
        return ImageEditParams.builder()
                .model("gpt-image-1")
                .prompt("Make it blue")
                .image(Files.newInputStream(image))
                .mask(image)
                .build();
    }

    private static ImageCreateVariationParams variation() {
        return ImageCreateVariationParams.builder()
                .model("dall-e-2")
                .image(new ByteArrayInputStream(new byte[300]))
                .n(2)
                .build();
    }

    private static String drawn(ImagesResponse response) {
        return response.data().orElseThrow().stream()
                        .map(image -> image.b64Json().isPresent() ? "drawn" : "linked")
                        .toList()
                + "";
    }
}
