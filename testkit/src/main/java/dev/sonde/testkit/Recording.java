package dev.sonde.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One recorded exchange, read from a file of this form: {@code method:} and {@code path:} lines, the request body,
 * {@code status code:}, the response headers and the response body, each of the last between {@code -- begin … --} and
 * {@code -- end … --} lines.
 *
 * @param path relative to the API's base, such as {@code chat/completions}
 * @param requestBody JSON text
 * @param contentType of the response
 */
public record Recording(String path, String requestBody, int status, String contentType, String responseBody) {
    /** Reads one file; fails with {@link IOException} when a part is missing. */
    public static Recording read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String headers = section(text, "response headers", file);
        Matcher contentType = Pattern.compile("(?im)^content-type:\\s*(\\S.*)$").matcher(headers);
        return new Recording(
                line(text, "path", file),
                section(text, "request body", file),
                Integer.parseInt(line(text, "status code", file)),
                contentType.find() ? contentType.group(1).strip() : "application/json",
                section(text, "response body", file));
    }

    private static String line(String text, String key, Path file) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + key + ":\\s*(\\S+)").matcher(text);
        if (!line.find()) {
            throw new IOException(file + " has no line \"" + key + ":\"");
        }
        return line.group(1);
    }

    private static String section(String text, String name, Path file) throws IOException {
        String opening = "-- begin " + name + " --\n";
        int start = text.indexOf(opening);
        int end = text.indexOf("-- end " + name + " --");
        if (start < 0 || end < start) {
            throw new IOException(file + " has no section \"" + name + "\"");
        }
        // Some recorders pad a body with bytes that are no UTF-8.
        return text.substring(start + opening.length(), end).replaceAll("\\uFFFD*\n?$", "");
    }
}
