package dev.sonde.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The web pages, from the class path folder {@code ui}. Paths without a file are the application's own and answer its one
 * page. Files are kept compressed where the build compressed them.
 */
final class UiAssets implements HttpService {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; media-src 'self'; worker-src 'self'; base-uri 'none'; "
                    + "form-action 'self'; frame-ancestors 'none'";

    private static final String NO_UI =
            "<!doctype html><title>Sonde</title><p>This server was built without its pages.";

    private final Map<String, Optional<byte[]>> files = new ConcurrentHashMap<>();

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String path = context.path();
        if (path.startsWith("/api/")) {
            throw nothingAt(path);
        }
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            throw HttpProblem.methodNotAllowed();
        }
        boolean isFile = path.lastIndexOf('.') > path.lastIndexOf('/');
        String file = isFile ? path.substring(1) : "index.html";
        if (isFile && file("ui/" + file).isEmpty() && !path.startsWith("/project/")) {
            throw nothingAt(path);
        }
        String served = isFile && file("ui/" + file).isPresent() ? file : "index.html";
        return answer(
                served,
                request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip"));
    }

    private HttpResponse answer(String file, boolean gzip) {
        String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.parse(type))
                .add(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                .add(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
                .add(HttpHeaderNames.REFERRER_POLICY, "same-origin")
                .add(HttpHeaderNames.VARY, "Accept-Encoding")
                .add(
                        HttpHeaderNames.CACHE_CONTROL,
                        file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
        Optional<byte[]> compressed = gzip ? file("ui/" + file + ".gz") : Optional.empty();
        if (compressed.isPresent()) {
            headers.add(HttpHeaderNames.CONTENT_ENCODING, "gzip");
            return HttpResponse.of(headers.build(), HttpData.wrap(compressed.get()));
        }
        return HttpResponse.of(
                headers.build(), file("ui/" + file).map(HttpData::wrap).orElseGet(() -> HttpData.ofUtf8(NO_UI)));
    }

    private static HttpProblem nothingAt(String path) {
        return HttpProblem.of(HttpStatus.NOT_FOUND, "NotFoundError", "There is nothing at " + path);
    }

    private Optional<byte[]> file(String resource) {
        if (resource.contains("..")) {
            return Optional.empty();
        }
        return files.size() > 1_000 ? read(resource) : files.computeIfAbsent(resource, UiAssets::read);
    }

    private static Optional<byte[]> read(String resource) {
        try (InputStream stream = UiAssets.class.getClassLoader().getResourceAsStream(resource)) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }
}
