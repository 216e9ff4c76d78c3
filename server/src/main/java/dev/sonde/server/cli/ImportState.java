package dev.sonde.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How far an import is, in a file that is replaced as a whole. Used by one thread. */
final class ImportState {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final ObjectNode state;

    private ImportState(Path file, ObjectNode state) {
        this.file = file;
        this.state = state;
    }

    /**
     * The state in a file, or the beginning where there is none.
     *
     * @throws CliException when the file is of another import
     */
    static ImportState read(Path file, String from, String into) {
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(file));
            if (!read.path("from").asText().equals(from)
                    || !read.path("into").asText().equals(into)) {
                throw new CliException("state: " + file + " is of an import from "
                        + read.path("from").asText() + " into "
                        + read.path("into").asText() + "; choose another file with --state");
            }
            return new ImportState(file, (ObjectNode) read);
        } catch (NoSuchFileException e) {
            ObjectNode begin = JSON.createObjectNode().put("from", from).put("into", into);
            // what comes into the source from now on would move the pages
            begin.put("until", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            return new ImportState(file, begin);
        } catch (IOException | ClassCastException e) {
            throw new CliException("state: " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Only what was there before this is brought. */
    String until() {
        return state.path("until").asText();
    }

    boolean isDone(String part) {
        return state.path("parts").path(part).path("done").asBoolean();
    }

    /** The page that is next, or what is given when none was done yet. */
    int page(String part, int first) {
        return state.path("parts").path(part).path("page").asInt(first);
    }

    /** Notes that the pages before this one are done. */
    void next(String part, int page) {
        state.withObjectProperty("parts").withObjectProperty(part).put("page", page);
        write();
    }

    void done(String part) {
        state.withObjectProperty("parts").withObjectProperty(part).put("done", true);
        write();
    }

    /** What an id of the source is here; the id itself where it was kept. */
    String idOf(String sourceId) {
        return state.path("ids").path(sourceId).asText(sourceId);
    }

    void id(String sourceId, String id) {
        state.withObjectProperty("ids").put(sourceId, id);
        write();
    }

    private void write() {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.write(next, JSON.writeValueAsBytes(state));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CliException("state: " + file + " cannot be written: " + e.getMessage());
        }
    }
}
