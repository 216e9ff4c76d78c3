package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import org.jspecify.annotations.Nullable;

/** A kind of call: where its requests go, and how they and their answers are read. */
enum Endpoint {
    /** Messages or a prompt in, messages or a text out. */
    GENERATION {
        @Override
        Asked asked(@Nullable String body, boolean streaming) {
            return DashScopeJson.askedToGenerate(body, streaming);
        }

        @Override
        Answered answered(@Nullable String id, @Nullable String output, @Nullable String usage) {
            return DashScopeJson.generated(id, output, usage);
        }
    },
    /** Texts in; of the vectors only number and length are recorded. */
    EMBEDDING {
        @Override
        Asked asked(@Nullable String body, boolean streaming) {
            return DashScopeJson.askedToEmbed(body);
        }

        @Override
        Answered answered(@Nullable String id, @Nullable String output, @Nullable String usage) {
            return DashScopeJson.embedded(id, output, usage);
        }
    };

    /** The kind of what goes to this address; null when it is none that is observed. */
    static @Nullable Endpoint at(@Nullable String url) {
        if (url == null) {
            return null;
        }
        if (url.contains("/text-generation/") || url.contains("/multimodal-generation/")) {
            return GENERATION;
        }
        return url.endsWith("/embeddings/text-embedding/text-embedding") ? EMBEDDING : null;
    }

    /** The type of its observations. */
    String observationType() {
        return name();
    }

    /** Reads a request's body, which is JSON text. */
    abstract Asked asked(@Nullable String body, boolean streaming);

    /** Reads an answer's members, which are JSON text. */
    abstract Answered answered(@Nullable String id, @Nullable String output, @Nullable String usage);
}
