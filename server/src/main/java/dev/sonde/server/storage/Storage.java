package dev.sonde.server.storage;

/** One open store: everything a server keeps. Roles are thread-safe unless they say otherwise. */
public interface Storage extends AutoCloseable {

    EventWriter writer();

    TraceReader traces();

    ObservationReader observations();

    ScoreReader scores();

    ScoreConfigStore scoreConfigs();

    SessionReader sessions();

    GroupReader groups();

    PromptUseReader promptUses();

    MetricsReader metrics();

    ControlPlane control();

    PromptStore prompts();

    DatasetStore datasets();

    DatasetRunStore datasetRuns();

    ModelStore models();

    MediaStore media();

    CommentStore comments();

    AnnotationQueueStore annotationQueues();

    RepricingStore repricings();

    LlmConnectionStore llmConnections();

    OrganisationStore organisations();

    /** Closes files and waits for running writes. May be called twice. */
    @Override
    void close();
}
