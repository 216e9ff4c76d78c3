package com.example.lc4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Moderate;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Models of the application's own that draw and moderate. Uses only what every supported version of the library has. */
public final class MediaApp {
    private MediaApp() {}

    interface Polite {
        @Moderate
        String chat(String question);
    }

    public static void main(String[] arguments) throws Exception {
        ImageModel painter = new Painter();
        ModerationModel words = new Words();
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(arguments[0])
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
        Polite polite = AiServices.builder(Polite.class)
                .chatModel(model)
                .moderationModel(words)
                .build();
        Scenarios.play(scenario -> switch (scenario) {
            case "draw" -> painter.generate("blue").content().mimeType();
            case "drawTwo" ->
                String.valueOf(painter.generate("blue", 2).content().size());
            case "drawFails" -> painter.generate("").content().mimeType();
            case "moderate" ->
                String.valueOf(words.moderate("You fool").content().flagged());
            case "moderateMessage" ->
                String.valueOf(
                        words.moderate(UserMessage.from("Hello")).content().flagged());
            case "service" -> polite.chat("You fool");
            default -> "unknown scenario";
        });
    }

    /** Draws one pixel. */
    private static final class Painter implements ImageModel {
        @Override
        public Response<Image> generate(String prompt) {
            if (prompt.isEmpty()) {
                throw new IllegalArgumentException("which colour?");
            }
            BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
            pixel.setRGB(0, 0, 0x0000FF);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            try {
                ImageIO.write(pixel, "png", png);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Response.from(Image.builder()
                    .base64Data(Base64.getEncoder().encodeToString(png.toByteArray()))
                    .mimeType("image/png")
                    .build());
        }

        @Override
        public Response<List<Image>> generate(String prompt, int count) {
            return Response.from(Stream.generate(() -> generate(prompt).content())
                    .limit(count)
                    .toList());
        }
    }

    /** Flags one word. */
    private static final class Words implements ModerationModel {
        @Override
        public Response<Moderation> moderate(String text) {
            return Response.from(text.contains("fool") ? Moderation.flagged(text) : Moderation.notFlagged());
        }

        @Override
        public Response<Moderation> moderate(List<ChatMessage> messages) {
            return moderate(((UserMessage) messages.get(messages.size() - 1)).singleText());
        }
    }
}
