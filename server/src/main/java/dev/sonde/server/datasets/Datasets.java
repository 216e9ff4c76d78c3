package dev.sonde.server.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.datasets.JsonSchemas.Checked;
import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetStore;
import dev.sonde.server.storage.DatasetStore.ItemQuery;
import dev.sonde.server.storage.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes datasets and their items. Both are made when they are new and changed when they are not; what a
 * change leaves out stays as it was. Items keep the schemas of their dataset at all times. Thread-safe.
 */
public final class Datasets {

    private static final int MOST_NAME_CHARS = 1_000;
    private static final int MOST_ID_CHARS = 255;
    private static final int MOST_TEXT_CHARS = 100_000;
    private static final int MOST_TRIES = 50;
    private static final int ITEMS_AT_ONCE = 500;

    private final DatasetStore store;
    private final Clock clock;

    public Datasets(DatasetStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Makes or changes the dataset of a name.
     *
     * @throws IllegalArgumentException naming the field and its rule; also when an item breaks a new schema
     */
    public Dataset save(String projectId, JsonNode body) {
        Fields fields = new Fields(body);
        String name = fields.text("name", MOST_NAME_CHARS);
        Fields.require(!name.isBlank(), "name", "is blank");
        String description = fields.textOrNull("description", MOST_TEXT_CHARS);
        String metadata = fields.json("metadata");
        String inputSchema = schema(fields, "inputSchema");
        String expectedSchema = schema(fields, "expectedOutputSchema");
        return untilUndisturbed("save dataset", () -> {
            Instant now = now();
            Dataset before = store.find(projectId, name)
                    .orElseGet(() -> new Dataset(id(), projectId, name, null, null, null, null, 0, now, now));
            Dataset after = new Dataset(
                    before.id(),
                    projectId,
                    name,
                    or(description, before.description()),
                    or(metadata, before.metadata()),
                    or(inputSchema, before.inputSchema()),
                    or(expectedSchema, before.expectedOutputSchema()),
                    before.revision(),
                    before.createdAt(),
                    now);
            if (before.revision() > 0) {
                checkItems(before, after);
            }
            return store.save(after);
        });
    }

    /**
     * Makes an item, or changes the one of its id; empty when there is no such dataset.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public Optional<DatasetItem> saveItem(String projectId, JsonNode body) {
        Fields fields = new Fields(body);
        String datasetName = fields.text("datasetName", MOST_NAME_CHARS);
        String given = fields.textOrNull("id", MOST_ID_CHARS);
        String id = given == null || given.isEmpty() ? id() : given;
        DatasetItem.Status status = status(fields);
        if (store.find(projectId, datasetName).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(untilUndisturbed("save dataset item", () -> {
            Instant now = now();
            Dataset dataset = store.find(projectId, datasetName).orElseThrow();
            DatasetItem before = store.findItem(projectId, id)
                    .filter(item -> item.datasetId().equals(dataset.id()))
                    .orElse(null);
            DatasetItem base = before != null ? before : empty(dataset, id, now);
            DatasetItem after = new DatasetItem(
                    id,
                    projectId,
                    dataset.id(),
                    dataset.name(),
                    status == null ? base.status() : status,
                    or(fields.json("input"), base.input()),
                    or(fields.json("expectedOutput"), base.expectedOutput()),
                    or(fields.json("metadata"), base.metadata()),
                    or(fields.textOrNull("sourceTraceId", MOST_NAME_CHARS), base.sourceTraceId()),
                    or(fields.textOrNull("sourceObservationId", MOST_NAME_CHARS), base.sourceObservationId()),
                    base.createdAt(),
                    now);
            Schemas.of(dataset).check(after);
            return store.saveItem(after, dataset, before == null ? null : before.updatedAt());
        }));
    }

    /** Deletes an item; its past stays. False when there is none. */
    public boolean deleteItem(String projectId, String id) {
        return store.deleteItem(projectId, id, now());
    }

    private static DatasetItem empty(Dataset dataset, String id, Instant now) {
        return new DatasetItem(
                id,
                dataset.projectId(),
                dataset.id(),
                dataset.name(),
                DatasetItem.Status.ACTIVE,
                null,
                null,
                null,
                null,
                null,
                now,
                now);
    }

    /** Holds every item against schemas that are new. */
    private void checkItems(Dataset before, Dataset after) {
        if (Objects.equals(before.inputSchema(), after.inputSchema())
                && Objects.equals(before.expectedOutputSchema(), after.expectedOutputSchema())) {
            return;
        }
        Schemas schemas = Schemas.of(after);
        ItemQuery all = new ItemQuery(after.projectId(), after.id(), null, null, null, false);
        int offset = 0;
        List<DatasetItem> items;
        do {
            items = store.items(all, new Slice(ITEMS_AT_ONCE, offset, null));
            items.forEach(schemas::checkExisting);
            offset += items.size();
        } while (items.size() == ITEMS_AT_ONCE);
    }

    /** Others may change the same at the same time: at each try at least one of them gets through. */
    private static <T> T untilUndisturbed(String operation, Supplier<Optional<T>> attempt) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<T> done = attempt.get();
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new StorageException(operation + ": too many others change the same");
    }

    private static @Nullable String schema(Fields fields, String name) {
        String schema = fields.json(name);
        if (schema != null) {
            JsonSchemas.check(name, schema);
        }
        return schema;
    }

    private static DatasetItem.@Nullable Status status(Fields fields) {
        String status = fields.textOrNull("status", MOST_ID_CHARS);
        if (status == null) {
            return null;
        }
        return switch (status.toUpperCase(Locale.ROOT)) {
            case "ACTIVE" -> DatasetItem.Status.ACTIVE;
            case "ARCHIVED" -> DatasetItem.Status.ARCHIVED;
            default -> throw new IllegalArgumentException("status: expected ACTIVE or ARCHIVED");
        };
    }

    private static @Nullable String or(@Nullable String given, @Nullable String before) {
        return given != null ? given : before;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** In milliseconds, which is all that clients are told: a time they read names the version that they saw. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The schemas of a dataset, ready; null where any value is good. */
    private record Schemas(
            @Nullable Checked input, @Nullable Checked expectedOutput) {

        static Schemas of(Dataset dataset) {
            String input = dataset.inputSchema();
            String expected = dataset.expectedOutputSchema();
            return new Schemas(
                    input == null ? null : JsonSchemas.of("inputSchema", input),
                    expected == null ? null : JsonSchemas.of("expectedOutputSchema", expected));
        }

        void check(DatasetItem item) {
            check("Dataset item validation failed: ", item);
        }

        void checkExisting(DatasetItem item) {
            check("Dataset item validation failed: item '" + item.id() + "': ", item);
        }

        private void check(String prefix, DatasetItem item) {
            check(prefix + "input: ", input, item.input());
            check(prefix + "expectedOutput: ", expectedOutput, item.expectedOutput());
        }

        private static void check(String prefix, @Nullable Checked schema, @Nullable String value) {
            String violation = schema == null ? null : schema.violation(value);
            if (violation != null) {
                throw new IllegalArgumentException(prefix + violation);
            }
        }
    }
}
