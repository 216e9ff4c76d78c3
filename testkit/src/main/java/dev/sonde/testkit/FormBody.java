package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.multipart.AggregatedBodyPart;
import com.linecorp.armeria.common.multipart.AggregatedMultipart;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.common.multipart.Multiparts;
import com.linecorp.armeria.common.stream.StreamMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads a form with files as an object: of a field its text, of a file its name, type and size; of several an array. */
final class FormBody {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FormBody() {}

    static boolean isForm(AggregatedHttpRequest request) {
        MediaType type = request.contentType();
        return type != null && type.is(MediaType.MULTIPART_FORM_DATA);
    }

    static CompletableFuture<JsonNode> parse(AggregatedHttpRequest request) {
        MediaType type = request.contentType();
        String boundary = type == null ? "" : Multiparts.getBoundary(type);
        return Multipart.from(boundary, StreamMessage.of(request.content()))
                .aggregate()
                .thenApply(FormBody::object);
    }

    private static JsonNode object(AggregatedMultipart form) {
        ObjectNode object = JSON.objectNode();
        for (String name : form.names()) {
            List<AggregatedBodyPart> parts = form.fields(name);
            String plain = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
            if (parts.size() == 1) {
                object.set(plain, value(parts.get(0)));
            } else {
                parts.forEach(part -> object.withArray(plain).add(value(part)));
            }
        }
        return object;
    }

    private static JsonNode value(AggregatedBodyPart part) {
        @Nullable String filename = part.filename();
        @Nullable MediaType type = part.contentType();
        if (filename == null && (type == null || type.is(MediaType.ANY_TEXT_TYPE))) {
            return JSON.textNode(part.contentUtf8());
        }
        return JSON.objectNode()
                .put("filename", filename)
                .put("content_type", type == null ? null : type.toString())
                .put("size", part.content().length());
    }
}
