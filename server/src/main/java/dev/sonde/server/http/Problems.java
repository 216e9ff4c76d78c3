package dev.sonde.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.util.CompositeException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sonde.server.http.grpc.GrpcException;
import dev.sonde.server.http.grpc.GrpcStatus;
import dev.sonde.server.ingest.MalformedRequestException;
import dev.sonde.server.ingest.OverloadedException;
import dev.sonde.server.storage.StorageException;
import io.netty.handler.codec.compression.DecompressionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes a status. Bodies carry a request id and no internals. */
final class Problems implements ServerErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String TOO_LARGE = "PayloadTooLargeError";

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable thrown) {
        Throwable cause = Exceptions.peel(thrown);
        String id = context.id().shortText();
        if (cause instanceof GrpcException failed) {
            Inspecting.failure(context, 400, String.valueOf(failed.getMessage()));
            return HttpResponse.of(failed.status().alone(String.valueOf(failed.getMessage())));
        }
        Told told = told(id, cause, context.path());
        Inspecting.failure(context, told.status().code(), told.message());
        return answer(id, context.request().headers(), told);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        String id = context == null ? "-" : context.id().shortText();
        return answer(id, headers, of(status)).aggregate().join();
    }

    /**
     * What a client is told.
     *
     * @param details more fields of the body, or null
     */
    private record Told(
            HttpStatus status,
            String error,
            String message,
            @Nullable Object details) {}

    private static Told told(String id, Throwable cause, String path) {
        if (cause instanceof HttpProblem problem) {
            return new Told(problem.status(), problem.error(), String.valueOf(problem.getMessage()), problem.details());
        }
        if (cause instanceof MalformedRequestException) {
            return new Told(HttpStatus.BAD_REQUEST, "InvalidRequestError", String.valueOf(cause.getMessage()), null);
        }
        if (isUnreadable(cause)) {
            return new Told(
                    HttpStatus.BAD_REQUEST,
                    "InvalidRequestError",
                    "The body is not compressed as content-encoding says",
                    null);
        }
        if (cause instanceof ContentTooLargeException) {
            return new Told(HttpStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, "The body is too large", null);
        }
        if (cause instanceof OverloadedException) {
            return later("The server has more to store than it can take; try again");
        }
        if (cause instanceof HttpStatusException status) {
            return of(status.httpStatus());
        }
        log.error("request {} to {} failed", id, path, cause);
        if (cause instanceof StorageException) {
            return later("The store does not answer; nothing was lost, try again");
        }
        return new Told(HttpStatus.INTERNAL_SERVER_ERROR, "InternalServerError", "Internal Server Error", null);
    }

    private static Told of(HttpStatus status) {
        return new Told(status, name(status), status.reasonPhrase(), null);
    }

    private static Told later(String message) {
        return new Told(HttpStatus.SERVICE_UNAVAILABLE, "ServiceUnavailable", message, null);
    }

    /** Whether a body could not be decompressed; closing the stream may fail for the same reason again. */
    private static boolean isUnreadable(Throwable cause) {
        return cause instanceof CompositeException several
                ? several.getExceptions().stream().allMatch(Problems::isUnreadable)
                : cause instanceof DecompressionException;
    }

    /** {@code Bad Request} as {@code BadRequestError}, in the manner of the other error names. */
    private static String name(HttpStatus status) {
        return status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                ? TOO_LARGE
                : status.reasonPhrase().replace(" ", "") + "Error";
    }

    private static HttpResponse answer(String id, @Nullable RequestHeaders asked, Told told) {
        if (asked != null && GrpcStatus.isExpectedBy(asked)) {
            return HttpResponse.of(GrpcStatus.of(told.status()).alone(told.message()));
        }
        ResponseHeadersBuilder headers = ResponseHeaders.builder(told.status())
                .contentType(MediaType.JSON_UTF_8)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (told.status().equals(HttpStatus.SERVICE_UNAVAILABLE)) {
            headers.add(HttpHeaderNames.RETRY_AFTER, "1");
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(Json.bytes(body(id, told))));
    }

    private static ObjectNode body(String id, Told told) {
        ObjectNode body = Json.object()
                .put("message", told.message())
                .put("error", told.error())
                .put("requestId", id);
        if (told.details() != null) {
            body.setAll((ObjectNode) Json.tree(told.details()));
        }
        return body;
    }
}
