package dev.sonde.server.http;

import dev.sonde.server.model.IsoTime;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.FilterSyntaxException;
import dev.sonde.server.query.FilterText;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the web pages ask with: the filter bar's text, a time range, and a cursor, for a member of the project. */
final class UiQueries {

    private final BrowserAuthentication browsers;
    private final Clock clock;

    UiQueries(BrowserAuthentication browsers, Clock clock) {
        this.browsers = browsers;
        this.clock = clock;
    }

    /** The question of {@code q}, {@code from} and {@code to}, about the project of the path. */
    EventQuery of(Call call, Order order, Slice slice, boolean withPayload) {
        return of(call, Filter.ALL, order, slice, withPayload);
    }

    /** The same, for rows that satisfy {@code also} as well. */
    EventQuery of(Call call, Filter also, Order order, Slice slice, boolean withPayload) {
        String project = browsers.member(call).project().id();
        TimeRange range = new TimeRange(call.queryTime("from"), call.queryTime("to"));
        return new EventQuery(project, Filter.and(filter(call.query("q")), also), range, order, slice, withPayload);
    }

    private Filter filter(@Nullable String text) {
        try {
            return text == null ? Filter.ALL : FilterText.parse(text, clock);
        } catch (FilterSyntaxException e) {
            Map<String, @Nullable Object> place = new LinkedHashMap<>();
            place.put("position", e.position());
            place.put("length", e.length());
            place.put("suggestion", e.suggestion());
            throw HttpProblem.invalid("InvalidFilter", String.valueOf(e.getMessage()), new HashMap<>(place));
        }
    }

    static Slice slice(@Nullable String cursor, int limit) {
        if (cursor == null) {
            return Slice.first(limit);
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            return parts[0].equals("+")
                    ? new Slice(limit, Integer.parseInt(parts[1]), null)
                    : new Slice(limit, 0, new Slice.Position(IsoTime.parse(parts[0]), parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw HttpProblem.invalid("Invalid cursor format");
        }
    }

    /** The last row's place in a list by time; in any other order, how many rows to leave out. */
    static String cursor(Trace last, Order order, Slice slice, int limit) {
        return order.equals(Order.NEWEST_FIRST) ? after(last.timestamp(), last.id()) : offset(slice, limit);
    }

    /** The place of a row in a list that is ordered newest first. */
    static String after(Instant time, String id) {
        return encoded(time + " " + id);
    }

    /** How many rows come before the next page. */
    static String offset(Slice slice, int limit) {
        return encoded("+ " + (slice.offset() + limit));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
