package dev.sonde.server.storage;

import dev.sonde.server.model.Media;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Keeps media: what is known of them, and their bytes as files. Times are kept to the microsecond. */
public interface MediaStore {

    Optional<Media> find(String projectId, String id);

    /**
     * Announces media and what refers to it. Where it is known already it stays as it is, except that media of which the
     * bytes are not here yet takes the new type.
     */
    Media announce(Media media, Media.Link link);

    /** A new file to write bytes to before {@link #keep}; the caller deletes it where it does not come to that. */
    Path newFile();

    /** Takes a written file as the media's bytes, durably, and notes when. */
    void keep(Media media, Path file, Instant uploadedAt);

    /** Forgets what refers to media from these traces, and media that nothing refers to any more, bytes and all. */
    void forgetTraces(String projectId, Collection<String> traceIds);

    /** Forgets all media of a project, bytes and all. */
    void forgetProject(String projectId);

    /** The file with the bytes of uploaded media. Not to be changed. */
    Path file(Media media);
}
