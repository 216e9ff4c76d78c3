package dev.sonde.server.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One field that a fragment may say something about, with the rule by which later fragments change it. The value's type
 * stands behind each; absent means nothing was said, a present null that the client said null.
 */
public enum Part {
    /** Instant. */
    TIMESTAMP(Rule.EARLIEST),
    /** String, normalised. */
    ENVIRONMENT(Rule.FIRST),
    /** String. */
    NAME(Rule.LAST),
    /** String. */
    USER_ID(Rule.LAST),
    /** String. */
    SESSION_ID(Rule.LAST),
    /** String. */
    RELEASE(Rule.LAST),
    /** String. */
    VERSION(Rule.LAST),
    /** Sorted list of strings. */
    TAGS(Rule.UNION),
    /** Boolean. */
    PUBLIC(Rule.LAST_SAID),
    /** String. */
    INPUT(Rule.LAST_SAID),
    /** String. */
    OUTPUT(Rule.LAST_SAID),
    /** Map of strings; merged key by key, by the merger. */
    METADATA(Rule.LAST_SAID),
    /** String. */
    TRACE_ID(Rule.FIRST),
    /** String. */
    PARENT_ID(Rule.LAST_SAID),
    /** ObservationType. */
    TYPE(Rule.FIRST),
    /** Instant. */
    START_TIME(Rule.FIRST),
    /** Instant. */
    END_TIME(Rule.LAST),
    /** Instant. */
    COMPLETION_START_TIME(Rule.LAST),
    /** Level. */
    LEVEL(Rule.LAST),
    /** String. */
    STATUS_MESSAGE(Rule.LAST_SAID),
    /** String. */
    MODEL(Rule.LAST),
    /** String, JSON text of an object. */
    MODEL_PARAMETERS(Rule.LAST_SAID),
    /** Map of longs. */
    USAGE(Rule.LAST_SAID),
    /** Map of decimals, as the client said. */
    COST(Rule.LAST_SAID),
    /** PromptLink. */
    PROMPT(Rule.LAST),
    /** String. */
    TRACE_NAME(Rule.LAST),
    /** Boolean. */
    APP_ROOT(Rule.LAST_SAID),
    /** Score: its name, value, data type and source, and the observation it narrows to. */
    SCORE(Rule.LAST),
    /** Score.Target. */
    TARGET(Rule.FIRST),
    /** String. */
    COMMENT(Rule.LAST),
    /** String. */
    AUTHOR_ID(Rule.LAST),
    /** String. */
    CONFIG_ID(Rule.LAST),
    /** String. */
    QUEUE_ID(Rule.LAST),
    /** String. */
    EXECUTION_TRACE_ID(Rule.LAST);

    private final Rule rule;

    Part(Rule rule) {
        this.rule = rule;
    }

    /** The value after a fragment that says {@code said}, where {@code before} stood or nothing. */
    @Nullable
    Object merged(@Nullable Object before, @Nullable Object said) {
        return rule.merge(before, said);
    }

    /** The value after a fragment that says {@code said} but is older than what stood {@code before}. */
    @Nullable
    Object mergedUnder(@Nullable Object before, @Nullable Object said) {
        return rule.mergeUnder(before, said);
    }

    /** Whether the first value counts, not the last. */
    boolean keepsFirst() {
        return rule == Rule.FIRST;
    }

    /** Whether this value says anything, by the part's rule. */
    boolean says(@Nullable Object said) {
        return rule == Rule.LAST || !Rule.isEmpty(said);
    }

    /** How a later fragment changes a value. */
    private enum Rule {
        /** The first value stays. */
        FIRST {
            @Override
            @Nullable
            Object merge(@Nullable Object before, @Nullable Object said) {
                return before == null ? said : before;
            }

            @Override
            @Nullable
            Object mergeUnder(@Nullable Object before, @Nullable Object said) {
                return said == null ? before : said;
            }
        },
        /** The last one counts, and null clears. */
        LAST {
            @Override
            @Nullable
            Object merge(@Nullable Object before, @Nullable Object said) {
                return said;
            }

            @Override
            @Nullable
            Object mergeUnder(@Nullable Object before, @Nullable Object said) {
                return before;
            }
        },
        /** The last one that says something counts: null, an empty text and an empty map say nothing. */
        LAST_SAID {
            @Override
            @Nullable
            Object merge(@Nullable Object before, @Nullable Object said) {
                return isEmpty(said) ? before : said;
            }

            @Override
            @Nullable
            Object mergeUnder(@Nullable Object before, @Nullable Object said) {
                return isEmpty(before) ? said : before;
            }
        },
        /** The earliest of all. */
        EARLIEST {
            @Override
            @Nullable
            Object merge(@Nullable Object before, @Nullable Object said) {
                if (before instanceof Instant old && said instanceof Instant other) {
                    return other.isBefore(old) ? other : old;
                }
                return said == null ? before : said;
            }
        },
        /** All that were ever said, sorted. */
        UNION {
            @Override
            @Nullable
            Object merge(@Nullable Object before, @Nullable Object said) {
                TreeSet<Object> all = new TreeSet<>();
                all.addAll(before instanceof List<?> old ? old : List.of());
                all.addAll(said instanceof List<?> more ? more : List.of());
                return List.copyOf(all);
            }
        };

        abstract @Nullable Object merge(@Nullable Object before, @Nullable Object said);

        /** By default as {@link #merge}: what does not depend on order. */
        @Nullable
        Object mergeUnder(@Nullable Object before, @Nullable Object said) {
            return merge(before, said);
        }

        private static boolean isEmpty(@Nullable Object said) {
            return said == null
                    || (said instanceof String text && text.isEmpty())
                    || (said instanceof Map<?, ?> map && map.isEmpty());
        }
    }

    /** A decimal map as exact values. */
    @SuppressWarnings("unchecked") // only COST holds it, and only decoders of this package put it there
    public static Map<String, BigDecimal> decimals(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, BigDecimal>) value;
    }
}
