package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.ingest.otlp.Export;
import dev.sonde.server.ingest.otlp.OtlpMapper;
import dev.sonde.server.model.Score;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The door to the write path. Futures complete when everything the request said is on disk. */
public final class Ingest {

    private final Committer committer;
    private final ScoreConfigs configs;
    private final Clock clock;

    public Ingest(Committer committer, ScoreConfigs configs, Clock clock) {
        this.committer = committer;
        this.configs = configs;
        this.clock = clock;
    }

    /**
     * Takes an OpenTelemetry export, whole or not at all.
     *
     * @param protobuf whether the body is protocol buffers; else JSON
     * @throws MalformedRequestException when it cannot be read
     */
    public CompletableFuture<Export> otlp(String projectId, byte[] body, boolean protobuf) {
        Export export = OtlpMapper.map(projectId, body, protobuf);
        if (!export.refused().isEmpty()) {
            throw new MalformedRequestException(export.refused().get(0));
        }
        return commit(export, body.length);
    }

    /**
     * Takes what can be taken of an OpenTelemetry export in protocol buffers; the answer says what was refused.
     *
     * @throws MalformedRequestException when it cannot be read
     */
    public CompletableFuture<Export> otlpInPart(String projectId, byte[] body) {
        Export export = OtlpMapper.map(projectId, body, true);
        return commit(export, body.length);
    }

    private CompletableFuture<Export> commit(Export export, int bytes) {
        return committer
                .commit(new Events(export.fragments(), List.of(), bytes))
                .thenApply(durable -> export);
    }

    /**
     * Takes a batch of Langfuse events, each on its own; the answer names the ones that were refused.
     *
     * @param scoresOnly whether the caller may only create scores
     * @throws MalformedRequestException when there is no batch
     */
    public CompletableFuture<ObjectNode> batch(String projectId, boolean scoresOnly, byte[] body) {
        BatchDecoder.Decoded decoded = BatchDecoder.decode(projectId, scoresOnly, body, configs);
        return committer.commit(decoded.events()).thenApply(durable -> decoded.answer());
    }

    /**
     * Takes one score; answers its id.
     *
     * @throws IllegalArgumentException naming the field and its rule
     * @throws UnknownScoreConfigException when it refers to a config that does not exist
     */
    public CompletableFuture<String> score(String projectId, JsonNode body) {
        Fragment score = new ScoreBody(projectId, body, configs).read(clock.instant());
        if (score.parts().get(Part.SCORE) instanceof Score said && said.source() == Score.Source.EVAL) {
            throw new IllegalArgumentException("source: EVAL (expected: one of [API, ANNOTATION])");
        }
        return committer
                .commit(new Events(List.of(), List.of(score), 1_000))
                .thenApply(durable -> score.key().id());
    }
}
