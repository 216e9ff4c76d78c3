package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.AnnotationQueueStore;
import dev.sonde.server.storage.CommentStore;
import dev.sonde.server.storage.ControlPlane;
import dev.sonde.server.storage.DatasetRunStore;
import dev.sonde.server.storage.DatasetStore;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.GroupReader;
import dev.sonde.server.storage.LlmConnectionStore;
import dev.sonde.server.storage.MediaStore;
import dev.sonde.server.storage.MetricsReader;
import dev.sonde.server.storage.ModelStore;
import dev.sonde.server.storage.ObservationReader;
import dev.sonde.server.storage.OrganisationStore;
import dev.sonde.server.storage.PromptStore;
import dev.sonde.server.storage.PromptUseReader;
import dev.sonde.server.storage.RepricingStore;
import dev.sonde.server.storage.ScoreConfigStore;
import dev.sonde.server.storage.ScoreReader;
import dev.sonde.server.storage.SessionReader;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.StorageException;
import dev.sonde.server.storage.TraceReader;
import dev.sonde.server.storage.control.ControlDatabase;
import dev.sonde.server.storage.control.SqliteAnnotationQueueStore;
import dev.sonde.server.storage.control.SqliteCommentStore;
import dev.sonde.server.storage.control.SqliteControlPlane;
import dev.sonde.server.storage.control.SqliteDatasetRunStore;
import dev.sonde.server.storage.control.SqliteDatasetStore;
import dev.sonde.server.storage.control.SqliteLlmConnectionStore;
import dev.sonde.server.storage.control.SqliteMediaStore;
import dev.sonde.server.storage.control.SqliteModelStore;
import dev.sonde.server.storage.control.SqliteOrganisationStore;
import dev.sonde.server.storage.control.SqlitePromptStore;
import dev.sonde.server.storage.control.SqliteRepricingStore;
import dev.sonde.server.storage.control.SqliteScoreConfigStore;
import dev.sonde.server.storage.payload.PayloadLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The embedded store: one data directory, one process. Text goes to a payload log, everything one filters by into
 * DuckDB, the control plane into SQLite.
 */
public final class DuckDbStorage implements Storage {

    private final Deque<AutoCloseable> opened;
    private final DuckDbEventWriter writer;
    private final TraceReader traces;
    private final ObservationReader observations;
    private final ScoreReader scores;
    private final ScoreConfigStore scoreConfigs;
    private final SessionReader sessions;
    private final GroupReader groups;
    private final PromptUseReader promptUses;
    private final MetricsReader metrics;
    private final ControlPlane control;
    private final PromptStore prompts;
    private final DatasetStore datasets;
    private final DatasetRunStore datasetRuns;
    private final ModelStore models;
    private final MediaStore media;
    private final CommentStore comments;
    private final AnnotationQueueStore annotationQueues;
    private final RepricingStore repricings;
    private final LlmConnectionStore llmConnections;
    private final OrganisationStore organisations;

    private DuckDbStorage(StorageConfig config, Deque<AutoCloseable> opened) {
        this.opened = opened;
        DataDirectory directory = opening(DataDirectory.open(config.dataDirectory()));
        ControlDatabase database = opening(ControlDatabase.open(directory.control()));
        control = new SqliteControlPlane(database);
        prompts = new SqlitePromptStore(database);
        scoreConfigs = new SqliteScoreConfigStore(database);
        datasets = new SqliteDatasetStore(database);
        datasetRuns = new SqliteDatasetRunStore(database);
        models = new SqliteModelStore(database);
        media = new SqliteMediaStore(database, directory.media());
        comments = new SqliteCommentStore(database);
        annotationQueues = new SqliteAnnotationQueueStore(database);
        repricings = new SqliteRepricingStore(database);
        llmConnections = new SqliteLlmConnectionStore(database);
        organisations = new SqliteOrganisationStore(database);
        PayloadLog log = opening(PayloadLog.open(directory.payload(), config.clock(), config.blockCacheBytes()));
        Columns columns = opening(Columns.open(directory.columns(), config));
        ExecutorService logThread = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "sonde-payload-log");
            thread.setDaemon(true);
            return thread;
        });
        opening(logThread::shutdown);
        Stores stores = Stores.of(columns, log);
        PayloadSearch search = new PayloadSearch(log, config.textScanBytes());
        OpenRows open = new OpenRows(columns, config.clock(), config.openFor());
        writer = opening(new DuckDbEventWriter(stores, open, logThread, config.recentRowBytes()));
        traces = new DuckDbTraceReader(stores, search);
        observations = new DuckDbObservationReader(stores, search);
        scores = new DuckDbScoreReader(stores, search);
        sessions = new DuckDbSessionReader(stores);
        groups = new DuckDbGroupReader(stores, search);
        promptUses = new DuckDbPromptUseReader(stores);
        metrics = new DuckDbMetricsReader(stores);
    }

    /**
     * Opens the store, creating what is missing and repairing what a crash left half written.
     *
     * @throws StorageException when another process has the directory open, when a newer server wrote it, or when it
     *     cannot be read or written
     */
    public static DuckDbStorage open(StorageConfig config) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return new DuckDbStorage(config, opened);
        } catch (StorageException e) {
            try {
                closeAll(opened);
            } catch (StorageException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /**
     * Builds the columns anew from the payload log, for the case that their file is damaged or lost. The old file stays
     * beside it as {@code old-events.duckdb}. Observations, traces and scores come back as they were written last.
     *
     * @return how many rows there are now
     * @throws StorageException as {@link #open}, or when the log cannot be read
     */
    public static long rebuildColumns(StorageConfig config) {
        try (DataDirectory directory = DataDirectory.open(config.dataDirectory())) {
            directory.putColumnsAside();
            try (PayloadLog log = PayloadLog.open(directory.payload(), config.clock(), config.blockCacheBytes());
                    Columns columns = Columns.open(directory.columns(), config)) {
                return new ColumnRebuild(Stores.of(columns, log)).run();
            }
        } catch (IOException e) {
            throw new StorageException("rebuild columns", e);
        }
    }

    private <C extends AutoCloseable> C opening(C part) {
        opened.push(part);
        return part;
    }

    @Override
    public EventWriter writer() {
        return writer;
    }

    @Override
    public TraceReader traces() {
        return traces;
    }

    @Override
    public ObservationReader observations() {
        return observations;
    }

    @Override
    public ScoreReader scores() {
        return scores;
    }

    @Override
    public ScoreConfigStore scoreConfigs() {
        return scoreConfigs;
    }

    @Override
    public SessionReader sessions() {
        return sessions;
    }

    @Override
    public GroupReader groups() {
        return groups;
    }

    @Override
    public PromptUseReader promptUses() {
        return promptUses;
    }

    @Override
    public MetricsReader metrics() {
        return metrics;
    }

    @Override
    public ControlPlane control() {
        return control;
    }

    @Override
    public PromptStore prompts() {
        return prompts;
    }

    @Override
    public DatasetStore datasets() {
        return datasets;
    }

    @Override
    public ModelStore models() {
        return models;
    }

    @Override
    public MediaStore media() {
        return media;
    }

    @Override
    public CommentStore comments() {
        return comments;
    }

    @Override
    public RepricingStore repricings() {
        return repricings;
    }

    @Override
    public AnnotationQueueStore annotationQueues() {
        return annotationQueues;
    }

    @Override
    public LlmConnectionStore llmConnections() {
        return llmConnections;
    }

    @Override
    public OrganisationStore organisations() {
        return organisations;
    }

    @Override
    public DatasetRunStore datasetRuns() {
        return datasetRuns;
    }

    @Override
    public void close() {
        closeAll(opened);
    }

    /** In the opposite order; a part that fails does not keep the others open. */
    private static void closeAll(Deque<AutoCloseable> parts) {
        StorageException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                StorageException next = new StorageException("close store", e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
