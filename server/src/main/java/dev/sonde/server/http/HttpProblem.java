package dev.sonde.server.http;

import com.linecorp.armeria.common.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered, with the status and the words the client is told. */
final class HttpProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HttpStatus status;
    private final String error;
    private final transient @Nullable Object details;

    private HttpProblem(HttpStatus status, String error, String message, @Nullable Object details) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.details = details;
    }

    static HttpProblem of(HttpStatus status, String error, String message) {
        return new HttpProblem(status, error, message, null);
    }

    /** A parameter or body that breaks a rule. */
    static HttpProblem invalid(String message) {
        return of(HttpStatus.BAD_REQUEST, "InvalidRequestError", message);
    }

    /** A parameter or body that breaks a rule, with more for a program to use. */
    static HttpProblem invalid(String error, String message, Object details) {
        return new HttpProblem(HttpStatus.BAD_REQUEST, error, message, details);
    }

    /** Clients wait for late data by looking for this error name. */
    static HttpProblem notFound(String message) {
        return of(HttpStatus.NOT_FOUND, "LangfuseNotFoundError", message);
    }

    /** A path that exists, asked in a way it does not answer. */
    static HttpProblem methodNotAllowed() {
        return of(HttpStatus.METHOD_NOT_ALLOWED, "MethodNotAllowedError", "Method not allowed");
    }

    static HttpProblem unauthorized(String message) {
        return of(HttpStatus.UNAUTHORIZED, "UnauthorizedError", message);
    }

    static HttpProblem forbidden(String message) {
        return of(HttpStatus.FORBIDDEN, "ForbiddenError", message);
    }

    HttpStatus status() {
        return status;
    }

    String error() {
        return error;
    }

    /** Fields added to the body, or null. */
    @Nullable
    Object details() {
        return details;
    }
}
