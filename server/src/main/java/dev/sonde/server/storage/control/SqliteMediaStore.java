package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.Media;
import dev.sonde.server.storage.MediaStore;
import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Media in the control database, with their bytes in a folder of each project. */
public final class SqliteMediaStore implements MediaStore {

    private final ControlDatabase database;
    private final Path folder;

    /** @param folder made with the first media */
    public SqliteMediaStore(ControlDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    @Override
    public Optional<Media> find(String projectId, String id) {
        return database.ask("find media", h -> find(h, projectId, id));
    }

    @Override
    public Media announce(Media media, Media.Link link) {
        return database.ask("announce media", h -> {
            h.createUpdate("INSERT INTO media (project_id, id, content_type, content_length, sha256, created_at)"
                            + " VALUES (:project, :id, :type, :length, :sha256, :created)"
                            + " ON CONFLICT (project_id, id) DO UPDATE SET content_type = :type"
                            + " WHERE uploaded_at IS NULL")
                    .bind("project", media.projectId())
                    .bind("id", media.id())
                    .bind("type", media.contentType())
                    .bind("length", media.contentLength())
                    .bind("sha256", media.sha256())
                    .bind("created", micros(media.createdAt()))
                    .execute();
            h.createUpdate("INSERT INTO media_link (project_id, media_id, owner_type, owner_id, part_id, field)"
                            + " VALUES (:project, :id, :ownerType, :owner, :part, :field) ON CONFLICT DO NOTHING")
                    .bind("project", media.projectId())
                    .bind("id", media.id())
                    .bind("ownerType", link.ownerType())
                    .bind("owner", link.ownerId())
                    .bind("part", link.partId())
                    .bind("field", link.field())
                    .execute();
            return find(h, media.projectId(), media.id()).orElseThrow();
        });
    }

    @Override
    public Path newFile() {
        try {
            return Files.createDirectories(folder).resolve(UUID.randomUUID() + ".part");
        } catch (IOException e) {
            throw new StorageException("create media folder", e);
        }
    }

    @Override
    public void keep(Media media, Path file, Instant uploadedAt) {
        Path target = file(media);
        try {
            try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Path parent = target.getParent();
            Files.createDirectories(parent == null ? folder : parent);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException("keep media", e);
        }
        database.ask(
                "keep media",
                h -> h.createUpdate("UPDATE media SET uploaded_at = :at WHERE project_id = :project AND id = :id")
                        .bind("at", micros(uploadedAt))
                        .bind("project", media.projectId())
                        .bind("id", media.id())
                        .execute());
    }

    @Override
    public void forgetTraces(String projectId, Collection<String> traceIds) {
        List<Media> orphans = database.ask("forget media", h -> {
            PreparedBatch links = h.prepareBatch("DELETE FROM media_link WHERE project_id = :project"
                    + " AND owner_type = 'trace' AND owner_id = :trace");
            Set<Media> found = new LinkedHashSet<>();
            for (String trace : traceIds) {
                found.addAll(h.createQuery("SELECT DISTINCT m.* FROM media m JOIN media_link l"
                                + " ON l.project_id = m.project_id AND l.media_id = m.id WHERE l.project_id = :project"
                                + " AND l.owner_type = 'trace' AND l.owner_id = :trace")
                        .bind("project", projectId)
                        .bind("trace", trace)
                        .map((row, context) -> media(row))
                        .list());
                links.bind("project", projectId).bind("trace", trace).add();
            }
            if (!traceIds.isEmpty()) {
                links.execute();
            }
            return found.stream().filter(media -> deleteUnlinked(h, media)).toList();
        });
        delete(orphans);
    }

    private void delete(List<Media> forgotten) {
        for (Media media : forgotten) {
            try {
                Files.deleteIfExists(file(media));
            } catch (IOException e) {
                throw new StorageException("delete media", e);
            }
        }
    }

    @Override
    public void forgetProject(String projectId) {
        List<Media> all = database.ask("forget media of project", h -> {
            List<Media> found = h.createQuery("SELECT * FROM media WHERE project_id = :project")
                    .bind("project", projectId)
                    .map((row, context) -> media(row))
                    .list();
            h.createUpdate("DELETE FROM media WHERE project_id = :project")
                    .bind("project", projectId)
                    .execute();
            return found;
        });
        delete(all);
    }

    private static boolean deleteUnlinked(Handle h, Media media) {
        return h.createUpdate("DELETE FROM media WHERE project_id = :project AND id = :id AND NOT EXISTS (SELECT 1"
                                + " FROM media_link WHERE project_id = :project AND media_id = :id)")
                        .bind("project", media.projectId())
                        .bind("id", media.id())
                        .execute()
                > 0;
    }

    /** Projects have ids of any characters, and file systems that do not tell case apart exist. */
    @Override
    public Path file(Media media) {
        return folder.resolve(hex(media.projectId())).resolve(hex(media.id()));
    }

    private static String hex(String id) {
        return HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Media> find(Handle h, String projectId, String id) {
        return h.createQuery("SELECT * FROM media WHERE project_id = :project AND id = :id")
                .bind("project", projectId)
                .bind("id", id)
                .map((row, context) -> media(row))
                .findOne();
    }

    private static Media media(ResultSet row) throws SQLException {
        row.getLong("uploaded_at");
        boolean waiting = row.wasNull();
        return new Media(
                row.getString("project_id"),
                row.getString("id"),
                row.getString("content_type"),
                row.getLong("content_length"),
                row.getString("sha256"),
                waiting ? null : instant(row, "uploaded_at"),
                instant(row, "created_at"));
    }
}
