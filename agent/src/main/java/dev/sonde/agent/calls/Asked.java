package dev.sonde.agent.calls;

import org.jspecify.annotations.Nullable;

/**
 * What a call asks for.
 *
 * @param operation the GenAI word for it, such as {@code chat}
 * @param model as requested; null when the request leaves it to the server
 * @param input JSON text; null when the request could not be written
 * @param parameters everything else the request sets, as the JSON text of an object
 * @param provider OpenTelemetry's word for it, such as {@code openai}; null when unknown
 * @param host where the request goes; null when unknown
 */
public record Asked(
        String operation,
        @Nullable String model,
        @Nullable String input,
        String parameters,
        @Nullable String provider,
        @Nullable String host) {

    /** A request of which the way is not known yet. */
    public Asked(String operation, @Nullable String model, @Nullable String input, String parameters) {
        this(operation, model, input, parameters, null, null);
    }

    /** The same, on its way to a host; empty for none. */
    public Asked to(String itsProvider, String itsHost) {
        return new Asked(operation, model, input, parameters, itsProvider, itsHost.isEmpty() ? null : itsHost);
    }

    /** Such as {@code chat gpt-4o}. */
    public String name() {
        return model == null ? operation : operation + " " + model;
    }
}
