package dev.sonde.agent.instrumentation.bedrock;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a model id names. */
final class Models {
    private Models() {}

    /** The model's own name where the id is a resource name that ends in it; else the id. */
    static @Nullable String name(@Nullable String modelId) {
        if (modelId == null || !modelId.startsWith("arn:")) {
            return modelId;
        }
        int slash = modelId.indexOf('/');
        boolean named = modelId.contains(":foundation-model/") || modelId.contains(":inference-profile/");
        return named && slash > 0 ? modelId.substring(slash + 1) : modelId;
    }

    static boolean embeds(@Nullable String modelId) {
        return modelId != null && modelId.toLowerCase(Locale.ROOT).contains("embed");
    }
}
