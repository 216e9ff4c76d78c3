package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.ingest.Environments;
import dev.sonde.server.ingest.Fragment;
import dev.sonde.server.ingest.Part;
import dev.sonde.server.model.IsoTime;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.PromptLink;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an export into fragments: one of an observation for each span, and one of its trace where the span says something
 * about the trace or is its root. Attribute names are Langfuse's and those of OpenTelemetry's GenAI conventions.
 */
public final class OtlpMapper {

    private static final Set<String> AGENT_OPERATIONS = Set.of("invoke_agent", "agent_step");

    /** Characters of a span's name in a message. */
    private static final int MOST_SHOWN = 80;

    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private OtlpMapper() {}

    /**
     * Decodes and maps an export.
     *
     * @param protobuf whether the body is protocol buffers; else JSON
     * @throws dev.sonde.server.ingest.MalformedRequestException when it is no export of traces
     */
    public static Export map(String projectId, byte[] body, boolean protobuf) {
        List<OtlpSpan> spans = protobuf ? OtlpDecoder.decode(body) : OtlpJsonDecoder.decode(body);
        List<Fragment> fragments = new ArrayList<>(spans.size() + 4);
        List<String> refused = new ArrayList<>();
        for (OtlpSpan span : spans) {
            if (isId(span.traceId()) && isId(span.id())) {
                new Mapping(projectId, span).addTo(fragments);
            } else {
                refused.add("A span has no trace id or no span id: \"" + shortened(span.name()) + "\"");
            }
        }
        return new Export(fragments, spans.size() - refused.size(), refused);
    }

    /** Nothing but zeros is how the protocol writes that there is none. */
    private static boolean isId(String id) {
        return id.chars().anyMatch(c -> c != '0');
    }

    private static String shortened(String name) {
        return name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
    }

    /** One span being mapped. */
    private static final class Mapping {
        private final String projectId;
        private final OtlpSpan span;
        private final TraceAttributes trace;
        private final Instant start;
        private final Instant end;
        private final ContentAttributes.Content content;

        Mapping(String projectId, OtlpSpan span) {
            this.projectId = projectId;
            this.span = span;
            this.trace = new TraceAttributes(span);
            this.start = instant(span.startNanos() == 0 ? span.endNanos() : span.startNanos());
            this.end = instant(span.endNanos() == 0 ? span.startNanos() : span.endNanos());
            this.content = ContentAttributes.of(span);
        }

        void addTo(List<Fragment> fragments) {
            String environment = environment();
            fragments.add(observation(environment));
            boolean root = parentId() == null || "true".equals(span.text("langfuse.internal.as_root"));
            if (root || trace.saysSomething()) {
                fragments.add(trace(environment, root));
            }
        }

        private Fragment observation(String environment) {
            Fragment o = Fragment.observation(projectId, span.id(), start, false)
                    .with(Part.TRACE_ID, span.traceId())
                    .withSaid(Part.PARENT_ID, parentId())
                    .with(Part.TYPE, TypeAttributes.of(span))
                    .with(Part.NAME, name())
                    .with(Part.START_TIME, start)
                    .with(Part.END_TIME, end)
                    .with(Part.LEVEL, level())
                    .with(Part.ENVIRONMENT, environment)
                    .withSaid(Part.STATUS_MESSAGE, statusMessage())
                    .withSaid(Part.VERSION, trace.version())
                    .withSaid(Part.COMPLETION_START_TIME, completionStart())
                    .withSaid(Part.INPUT, content.input())
                    .withSaid(Part.OUTPUT, content.output())
                    .with(Part.METADATA, metadata());
            if (!AGENT_OPERATIONS.contains(String.valueOf(span.text("gen_ai.operation.name")))) {
                o.withSaid(Part.MODEL, ModelAttributes.model(span))
                        .withSaid(Part.MODEL_PARAMETERS, ModelAttributes.parameters(span))
                        .withSaid(Part.USAGE, UsageAttributes.usage(span))
                        .withSaid(Part.COST, UsageAttributes.cost(span));
            }
            return o.withSaid(Part.PROMPT, prompt())
                    .withSaid(Part.TRACE_NAME, span.text("langfuse.trace.name"))
                    .withSaid(Part.USER_ID, trace.userId())
                    .withSaid(Part.SESSION_ID, trace.sessionId())
                    .withSaid(Part.RELEASE, trace.release())
                    .withSaid(Part.TAGS, trace.tags())
                    .withSaid(Part.APP_ROOT, trace.isAppRoot());
        }

        private Fragment trace(String environment, boolean root) {
            Fragment t = Fragment.trace(projectId, span.traceId(), start)
                    .with(Part.TIMESTAMP, start)
                    .with(Part.ENVIRONMENT, environment)
                    .withSaid(Part.NAME, span.text("langfuse.trace.name"))
                    .withSaid(Part.USER_ID, trace.userId())
                    .withSaid(Part.SESSION_ID, trace.sessionId())
                    .withSaid(Part.RELEASE, trace.release())
                    .withSaid(Part.VERSION, trace.version())
                    .withSaid(Part.TAGS, trace.tags())
                    .withSaid(Part.PUBLIC, trace.isPublic())
                    .withSaid(Part.INPUT, span.text("langfuse.trace.input"))
                    .withSaid(Part.OUTPUT, span.text("langfuse.trace.output"));
            Map<String, String> said = new LinkedHashMap<>(root ? metadata() : Map.of());
            said.putAll(trace.metadata());
            t.with(Part.METADATA, said);
            if (root) {
                fillFromRoot(t);
            }
            return t;
        }

        private void fillFromRoot(Fragment t) {
            if (span.text("langfuse.trace.name") == null) {
                t.with(Part.NAME, name());
            }
            if (span.text("langfuse.trace.input") == null) {
                t.withSaid(Part.INPUT, content.input());
            }
            if (span.text("langfuse.trace.output") == null) {
                t.withSaid(Part.OUTPUT, content.output());
            }
        }

        private @Nullable String parentId() {
            String parent = span.parentId();
            return parent != null && isId(parent) ? parent : null;
        }

        private String name() {
            String name = span.firstText("gen_ai.tool.name", "logfire.msg", "ai.toolCall.name", "ai.operationId");
            return name == null ? span.name() : name;
        }

        private Level level() {
            String said = span.text("langfuse.observation.level");
            Level level = said == null ? null : levelOf(said.toUpperCase(Locale.ROOT));
            return level != null ? level : span.statusCode() == 2 ? Level.ERROR : Level.DEFAULT;
        }

        private @Nullable String statusMessage() {
            String said = span.text("langfuse.observation.status_message");
            return said == null ? span.statusMessage() : said;
        }

        private String environment() {
            for (String key :
                    new String[] {"langfuse.environment", "deployment.environment.name", "deployment.environment"}) {
                String own = span.text(key);
                String said =
                        own == null ? OtlpSpan.text(span.source().resource().get(key)) : own;
                if (said != null) {
                    return Environments.normal(said);
                }
            }
            return Environments.DEFAULT;
        }

        private @Nullable Instant completionStart() {
            String said = span.text("langfuse.observation.completion_start_time");
            if (said != null) {
                try {
                    Instant time = IsoTime.parse(said.replace("\"", ""));
                    return time.isBefore(Instant.EPOCH) || time.isAfter(end.plus(LONGEST_WAIT)) ? null : time;
                } catch (DateTimeException e) {
                    return null;
                }
            }
            Duration wait = wait("gen_ai.response.time_to_first_chunk", 1e9);
            wait = wait == null ? wait("ai.response.msToFirstChunk", 1e6) : wait;
            wait = wait == null ? wait("ai.stream.msToFirstChunk", 1e6) : wait;
            return wait == null ? null : start.plus(wait);
        }

        private @Nullable Duration wait(String attribute, double nanosPerUnit) {
            JsonNode value = span.attributes().get(attribute);
            double nanos = value == null || !value.isNumber() ? -1 : value.asDouble() * nanosPerUnit;
            // whole microseconds, rounded up; what is no number compares false
            return nanos >= 0 && nanos <= LONGEST_WAIT.toNanos()
                    ? Duration.ofNanos((long) Math.ceil(nanos / 1_000) * 1_000)
                    : null;
        }

        private @Nullable PromptLink prompt() {
            return TypeAttributes.of(span) == ObservationType.GENERATION ? PromptAttributes.of(span) : null;
        }

        private Map<String, String> metadata() {
            return trace.observationMetadata(content.consumed());
        }
    }

    private static @Nullable Level levelOf(String said) {
        return switch (said) {
            case "DEBUG", "TRACE", "VERBOSE" -> Level.DEBUG;
            case "DEFAULT", "INFO", "LOG", "NOTICE", "OK", "SUCCESS" -> Level.DEFAULT;
            case "WARNING", "WARN" -> Level.WARNING;
            case "ERROR", "FATAL", "CRITICAL" -> Level.ERROR;
            default -> null;
        };
    }

    private static Instant instant(long nanos) {
        // columns hold microseconds; the rest is nobody's to rely on
        return nanos == 0
                ? Instant.now()
                : Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L) / 1_000 * 1_000);
    }
}
