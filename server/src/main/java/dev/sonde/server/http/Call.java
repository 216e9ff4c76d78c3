package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sonde.server.model.IsoTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request with its body, and typed access to its parameters; a parameter that breaks its rule is a problem. */
record Call(ServiceRequestContext context, AggregatedHttpRequest request) {

    String path(String name) {
        String value = context.pathParam(name);
        if (value == null) {
            throw new IllegalStateException("no path parameter " + name);
        }
        return value;
    }

    /** A query parameter; null when absent or empty. */
    @Nullable
    String query(String name) {
        String value = params().get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** All values of a repeated or comma-separated parameter. */
    List<String> queryList(String name) {
        return params().getAll(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The names of all parameters. */
    Set<String> queryNames() {
        return params().names();
    }

    int queryInt(String name, int byDefault, int least, int most) {
        String value = query(name);
        return value == null ? byDefault : number(name, value, least, most);
    }

    /** {@code true} or {@code false}. */
    boolean queryBoolean(String name, boolean byDefault) {
        String value = query(name);
        if (value == null) {
            return byDefault;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw HttpProblem.invalid(name + ": expected true or false");
    }

    /** A number in a parameter or path; one that breaks its rule is a problem. */
    static int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw HttpProblem.invalid(name + ": not a number");
        }
        throw HttpProblem.invalid(name + ": " + value + " (expected: " + least + " to " + most + ")");
    }

    @Nullable
    Instant queryTime(String name) {
        String value = query(name);
        if (value == null) {
            return null;
        }
        try {
            // a plus sign in a query arrives as a space
            return IsoTime.parse(value.replace(' ', '+'));
        } catch (DateTimeException e) {
            throw HttpProblem.invalid(name + ": expected an ISO-8601 time with an offset");
        }
    }

    byte[] body() {
        return request.content().array();
    }

    /** Scheme and authority as the client sees them, from a proxy's header where there is one. */
    String origin() {
        String forwarded = request.headers().get("x-forwarded-proto", "");
        String scheme = forwarded.equals("https") ? "https" : "http";
        return scheme + "://" + request.headers().get(HttpHeaderNames.HOST, String.valueOf(request.authority()));
    }

    /** A body that says it is JSON: what a form of a foreign page cannot send without asking first. */
    JsonNode declaredJson() {
        MediaType type = request.contentType();
        if (type == null || !type.isJson()) {
            throw HttpProblem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeError", "Expected application/json");
        }
        return json();
    }

    JsonNode json() {
        return Json.parse(body());
    }

    private QueryParams params() {
        return context.queryParams();
    }
}
