package dev.sonde.server.ingest;

import dev.sonde.server.storage.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes projects with everything in them, on a thread of its own. A project is out of sight at once. What a request
 * that was under way then still stores goes when no such request can be left; what a stop interrupts goes at the next start.
 */
public final class ProjectErasure implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProjectErasure.class);

    /** Longer than a request may take. */
    private static final Duration LATE = Duration.ofSeconds(90);

    private final Storage storage;
    private final Deletions deletions;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "sonde-project-erasure");
        made.setDaemon(true);
        return made;
    });

    public ProjectErasure(Storage storage, Deletions deletions, Clock clock) {
        this.storage = storage;
        this.deletions = deletions;
        this.clock = clock;
    }

    /** What an earlier run of the server left: nothing is under way yet, so that it goes now. */
    public void finish() {
        for (String project : storage.organisations().retired()) {
            erase(project, true);
        }
    }

    /** Ends a project, and begins to delete what it holds; false when there is none. */
    public boolean begin(String projectId) {
        if (!storage.organisations().retire(projectId, clock.instant())) {
            return false;
        }
        thread.execute(() -> erase(projectId, false));
        CompletableFuture.delayedExecutor(LATE.toMillis(), TimeUnit.MILLISECONDS, thread)
                .execute(() -> erase(projectId, true));
        return true;
    }

    private void erase(String projectId, boolean last) {
        try {
            deletions.project(projectId);
            storage.media().forgetProject(projectId);
            if (last) {
                storage.organisations().erase(projectId);
            }
        } catch (RuntimeException e) {
            // the project stays retired: the next start takes it up again
            log.error("project {} is not deleted yet; the next start goes on", projectId, e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("a project is still being deleted; the next start goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
