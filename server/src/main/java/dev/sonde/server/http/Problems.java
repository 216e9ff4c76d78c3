package dev.sonde.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sonde.server.ingest.MalformedRequestException;
import dev.sonde.server.ingest.OverloadedException;
import dev.sonde.server.storage.StorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes a status. Bodies carry a request id and no internals. */
final class Problems implements ServerErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String TOO_LARGE = "PayloadTooLargeError";

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable thrown) {
        return of(context.id().shortText(), Exceptions.peel(thrown), context.path());
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
        return body(id, status, name(status), status.reasonPhrase(), null)
                .aggregate()
                .join();
    }

    private static HttpResponse of(String id, Throwable cause, String path) {
        if (cause instanceof HttpProblem problem) {
            return body(id, problem.status(), problem.error(), String.valueOf(problem.getMessage()), problem.details());
        }
        if (cause instanceof MalformedRequestException) {
            return body(id, HttpStatus.BAD_REQUEST, "InvalidRequestError", String.valueOf(cause.getMessage()), null);
        }
        if (cause instanceof ContentTooLargeException) {
            return body(id, HttpStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE, "The body is too large", null);
        }
        if (cause instanceof OverloadedException) {
            return retryLater(id, "The server has more to store than it can take; try again");
        }
        if (cause instanceof HttpStatusException status) {
            return body(
                    id,
                    status.httpStatus(),
                    name(status.httpStatus()),
                    status.httpStatus().reasonPhrase(),
                    null);
        }
        log.error("request {} to {} failed", id, path, cause);
        if (cause instanceof StorageException) {
            return retryLater(id, "The store does not answer; nothing was lost, try again");
        }
        return body(id, HttpStatus.INTERNAL_SERVER_ERROR, "InternalServerError", "Internal Server Error", null);
    }

    /** {@code Bad Request} as {@code BadRequestError}, in the manner of the other error names. */
    private static String name(HttpStatus status) {
        return status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                ? TOO_LARGE
                : status.reasonPhrase().replace(" ", "") + "Error";
    }

    private static HttpResponse retryLater(String id, String message) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.SERVICE_UNAVAILABLE)
                        .contentType(com.linecorp.armeria.common.MediaType.JSON_UTF_8)
                        .add(HttpHeaderNames.RETRY_AFTER, "1")
                        .build(),
                com.linecorp.armeria.common.HttpData.wrap(Json.bytes(node(id, "ServiceUnavailable", message, null))));
    }

    private static HttpResponse body(
            String id, HttpStatus status, String error, String message, @Nullable Object details) {
        return Json.of(status, node(id, error, message, details));
    }

    private static ObjectNode node(String id, String error, String message, @Nullable Object details) {
        ObjectNode body =
                Json.object().put("message", message).put("error", error).put("requestId", id);
        if (details != null) {
            body.setAll((ObjectNode) Json.tree(details));
        }
        return body;
    }
}
