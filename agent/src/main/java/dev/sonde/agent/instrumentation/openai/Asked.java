package dev.sonde.agent.instrumentation.openai;

import org.jspecify.annotations.Nullable;

/**
 * What a call asks for.
 *
 * @param operation the GenAI word for it, such as {@code chat}
 * @param model as requested; null when the request leaves it to the server
 * @param input JSON text; null when the request could not be written
 * @param parameters everything else the request sets, as the JSON text of an object
 */
record Asked(
        String operation, @Nullable String model, @Nullable String input, String parameters) {
    /** Such as {@code chat gpt-4o}. */
    String name() {
        return model == null ? operation : operation + " " + model;
    }
}
