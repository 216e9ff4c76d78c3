package dev.sonde.samples.rag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** One entry of the corpus. */
record Passage(String title, String text) {
    private static final Pattern BLANK_LINES = Pattern.compile("\n\\s*\n");

    /** Reads the corpus from the class path: a title after {@code # }, its text below, a blank line between two. */
    static List<Passage> corpus() {
        try (InputStream resource =
                Objects.requireNonNull(Passage.class.getResourceAsStream("/corpus.txt"), "corpus.txt")) {
            String all = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return BLANK_LINES.splitAsStream(all.strip()).map(Passage::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Passage parse(String block) {
        int lineEnd = block.indexOf('\n');
        return new Passage(block.substring(2, lineEnd), block.substring(lineEnd + 1));
    }
}
