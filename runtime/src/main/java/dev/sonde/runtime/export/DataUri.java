package dev.sonde.runtime.export;

import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data URI in a text, {@code data:<type>;base64,<content>}; in JSON text its slashes may be escaped.
 *
 * @param start where it begins
 * @param end behind its last character
 * @param content as it stands in the text
 */
record DataUri(int start, int end, String contentType, String content) {

    /** What every data URI of ours holds. */
    static final String MARKER = ";base64,";

    private static final String SCHEME = "data:";
    private static final int LONGEST_TYPE = 100;

    /** What the media API takes beside any image, audio and video. */
    private static final Set<String> TYPES = Set.of(
            "application/gzip",
            "application/json",
            "application/msword",
            "application/octet-stream",
            "application/pdf",
            "application/rtf",
            "application/xml",
            "application/zip",
            "text/css",
            "text/csv",
            "text/html",
            "text/markdown",
            "text/plain");

    /** The URI whose marker is at {@code marker}; null when that belongs to none, or to one of a type that is not taken. */
    static @Nullable DataUri around(String text, int marker) {
        int start = text.lastIndexOf(SCHEME, marker);
        if (start < 0 || marker - start > LONGEST_TYPE) {
            return null;
        }
        String type = text.substring(start + SCHEME.length(), marker)
                .replace("\\/", "/")
                .toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        type = parameters < 0 ? type : type.substring(0, parameters);
        if (!type.matches("(image|audio|video)/[a-z0-9.+-]{1,60}") && !TYPES.contains(type)) {
            return null;
        }
        int from = marker + MARKER.length();
        int end = from;
        while (end < text.length() && isContent(text, end)) {
            end++;
        }
        return new DataUri(start, end, type, text.substring(from, end));
    }

    private static boolean isContent(String text, int at) {
        char c = text.charAt(at);
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '='
                || c == '-'
                || c == '_'
                || (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '/');
    }

    /** The decoded content; null when it is not base64. */
    byte @Nullable [] bytes() {
        String plain = content.replace("\\", "");
        try {
            return plain.indexOf('-') >= 0 || plain.indexOf('_') >= 0
                    ? Base64.getUrlDecoder().decode(plain)
                    : Base64.getDecoder().decode(plain);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
