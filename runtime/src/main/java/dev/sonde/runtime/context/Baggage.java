package dev.sonde.runtime.context;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a trace, as members of the W3C header {@code baggage}: {@code langfuse_user_id}, {@code
 * langfuse_session_id}, {@code langfuse_trace_name}, {@code langfuse_tags}, {@code langfuse_version}, {@code
 * langfuse_environment} and {@code langfuse_metadata_<key>}. Values of at most 200 characters, the header of at most 8,192
 * bytes; what is longer is left out.
 */
public final class Baggage {

    /** The header's name. */
    public static final String HEADER = "baggage";

    private static final int MOST_CHARS = 200;
    private static final int MOST_BYTES = 8_192;
    private static final String TAGS = "langfuse.trace.tags";
    private static final String METADATA = "langfuse.trace.metadata.";
    private static final String METADATA_MEMBER = "langfuse_metadata_";

    /** Members by attribute. */
    private static final Map<String, String> MEMBERS = Map.of(
            "user.id",
            "langfuse_user_id",
            "session.id",
            "langfuse_session_id",
            "langfuse.trace.name",
            "langfuse_trace_name",
            "langfuse.version",
            "langfuse_version",
            "langfuse.environment",
            "langfuse_environment",
            TAGS,
            "langfuse_tags");

    private Baggage() {}

    /**
     * The header with these attributes added to what it holds already.
     *
     * @param present the header as it is, or null
     * @return null when there is nothing to add
     */
    public static @Nullable String with(@Nullable String present, Attributes attributes) {
        List<String> members = new ArrayList<>();
        int bytes = 0;
        if (present != null && !present.isBlank()) {
            members.add(present.strip());
            bytes = present.length();
        }
        int before = members.size();
        for (Map.Entry<String, Object> attribute : attributes.values().entrySet()) {
            String member = member(attribute.getKey());
            String value = text(attribute.getValue());
            if (member == null || value.length() > MOST_CHARS) {
                continue;
            }
            String entry = member
                    + '='
                    + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            if (bytes + entry.length() + 1 <= MOST_BYTES) {
                members.add(entry);
                bytes += entry.length() + 1;
            }
        }
        return members.size() == before ? null : String.join(",", members);
    }

    /** The attributes that a header holds, to be handed on in turn; members of others and malformed ones are ignored. */
    public static Attributes read(@Nullable String header) {
        Attributes found = Attributes.NONE;
        if (header == null || header.length() > MOST_BYTES) {
            return found;
        }
        for (String entry : header.split(",", -1)) {
            int equals = entry.indexOf('=');
            String member = equals < 0 ? "" : entry.substring(0, equals).strip();
            String attribute = attribute(member);
            String value = attribute == null ? null : decoded(entry.substring(equals + 1));
            if (attribute != null && value != null && !value.isEmpty() && value.length() <= MOST_CHARS) {
                found = found.with(attribute, attribute.equals(TAGS) ? List.of(value.split(",", -1)) : value);
            }
        }
        return found.values().isEmpty() ? found : found.asBaggage();
    }

    private static @Nullable String member(String attribute) {
        return attribute.startsWith(METADATA)
                        && attribute.substring(METADATA.length()).matches("[A-Za-z0-9_.-]+")
                ? METADATA_MEMBER + attribute.substring(METADATA.length())
                : MEMBERS.get(attribute);
    }

    private static @Nullable String attribute(String member) {
        if (member.startsWith(METADATA_MEMBER)) {
            return METADATA + member.substring(METADATA_MEMBER.length());
        }
        for (Map.Entry<String, String> known : MEMBERS.entrySet()) {
            if (known.getValue().equals(member)) {
                return known.getKey();
            }
        }
        return null;
    }

    private static @Nullable String decoded(String value) {
        int properties = value.indexOf(';');
        String bare = (properties < 0 ? value : value.substring(0, properties)).strip();
        try {
            return URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> many) {
            return String.join(",", many.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value);
    }
}
