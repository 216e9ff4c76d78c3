package dev.sonde.server.datasets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas that come from users: draft 7 unless the schema says otherwise. They reach nothing outside themselves,
 * and their patterns match in linear time; one that
 * asks for too much work is stopped. Thread-safe.
 */
final class JsonSchemas {

    private static final int MOST_CHARS = 100_000;
    private static final int MOST_ERRORS = 5;

    /** A keyword applied to a value is a step, and the largest body holds two million values; some seconds. */
    private static final int MOST_STEPS = 20_000_000;

    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema";
    private static final Map<String, SpecificationVersion> VERSIONS = new TreeMap<>(Map.of(
            "http://json-schema.org/draft-04/schema",
            SpecificationVersion.DRAFT_4,
            "http://json-schema.org/draft-06/schema",
            SpecificationVersion.DRAFT_6,
            DRAFT_7,
            SpecificationVersion.DRAFT_7,
            "https://json-schema.org/draft/2019-09/schema",
            SpecificationVersion.DRAFT_2019_09,
            "https://json-schema.org/draft/2020-12/schema",
            SpecificationVersion.DRAFT_2020_12));

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(32 << 20)
                        .build());
    }

    private JsonSchemas() {}

    /**
     * Whether this is a schema.
     *
     * @throws IllegalArgumentException naming the field, when it is none
     */
    static void check(String field, String schema) {
        Fields.require(schema.length() <= MOST_CHARS, field, "longer than " + MOST_CHARS + " characters");
        JsonNode tree = parse(schema);
        Fields.require(tree.isObject() || tree.isBoolean(), field, "expected a JSON Schema");
        List<Error> errors = guarded(field, () -> metaSchema(field, tree).validate(tree));
        Fields.require(errors.isEmpty(), field, "no valid JSON Schema: " + told(errors));
        of(field, schema);
    }

    /** A schema that {@link #check} has let pass, made ready. */
    static Checked of(String field, String schema) {
        return guarded(field, () -> {
            Schema ready = registry().getSchema(parse(schema));
            ready.initializeValidators();
            return new Checked(field, ready);
        });
    }

    /** A schema that is ready to hold values against. */
    record Checked(String field, Schema schema) {

        /** What is wrong with a value, null counting as JSON's null; null when nothing is. */
        @Nullable
        String violation(@Nullable String json) {
            JsonNode value = json == null ? NullNode.getInstance() : parse(json);
            List<Error> errors = guarded(field, () -> {
                Steps steps = new Steps(schema.createExecutionContext());
                schema.validate(steps, value);
                return steps.getErrors();
            });
            return errors.isEmpty() ? null : told(errors);
        }
    }

    /** One evaluation: a few lines of schema can ask for more steps than anyone can wait for, so they are counted. */
    private static final class Steps extends ExecutionContext {

        private int taken;

        Steps(ExecutionContext configured) {
            super(configured.getExecutionConfig());
        }

        @Override
        public void evaluationPathAddLast(String keyword) {
            if (++taken > MOST_STEPS) {
                throw new SchemaException("takes more than " + MOST_STEPS + " steps for one item");
            }
            super.evaluationPathAddLast(keyword);
        }
    }

    /** Of its own for each schema, so that the identifiers of one are unknown to the others. */
    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(JsonSchemas::pattern)
                .formatAssertionsEnabled(true)
                .failFast(false)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaCacheEnabled(false)
                        .schemaLoader(loader -> loader.block(iri -> true)));
    }

    /** The schema of schemas; only the published ones, which the library brings along. */
    private static Schema metaSchema(String field, JsonNode schema) {
        String dialect = schema.path("$schema").asText(DRAFT_7).replaceAll("#$", "");
        SpecificationVersion version = VERSIONS.get(dialect);
        if (version == null) {
            throw new IllegalArgumentException(field + ".$schema: expected one of " + VERSIONS.keySet());
        }
        return SchemaRegistry.withDefaultDialect(version).getSchema(SchemaLocation.of(version.getDialectId()));
    }

    private static RegularExpression pattern(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new SchemaException("pattern '" + regex + "' is not supported");
        }
    }

    /** A schema may refer to itself for ever, and the library then goes on until the stack is full. */
    private static <T> T guarded(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(field + ": refers to itself without an end");
        } catch (SchemaException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage());
        }
    }

    private static String told(List<Error> errors) {
        return errors.stream()
                .limit(MOST_ERRORS)
                .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).strip())
                .collect(Collectors.joining("; "));
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored text is no JSON", e);
        }
    }
}
