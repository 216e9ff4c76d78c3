package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.List;

/**
 * Where Spring AI asks Micrometer for its observations. Micrometer is in many applications without Spring AI, so that it is
 * woven only where something else is.
 */
public final class SpringAiObservations implements LibraryInstrumentation {

    private static final String OBSERVATION = "io.micrometer.observation.";
    private static final String CONVENTION = OBSERVATION + "ObservationConvention";
    private static final String REGISTRY = OBSERVATION + "ObservationRegistry";

    @Override
    public String library() {
        return "Micrometer's observations";
    }

    @Override
    public List<LibraryMethod> methods() {
        return List.of(LibraryMethod.replacingLast(
                OBSERVATION + "docs.ObservationDocumentation",
                "observation",
                List.of(CONVENTION, CONVENTION, "java.util.function.Supplier", REGISTRY),
                ObservationSite::new));
    }

    @Override
    public List<RequiredMethod> required() {
        String context = OBSERVATION + "Observation$Context";
        String handler = OBSERVATION + "ObservationHandler";
        return List.of(
                new RequiredMethod(REGISTRY, "isNoop", List.of()),
                new RequiredMethod(REGISTRY, "observationConfig", List.of()),
                new RequiredMethod(REGISTRY + "$ObservationConfig", "observationHandler", List.of(handler)),
                new RequiredMethod(handler, "supportsContext", List.of(context)),
                new RequiredMethod(handler, "onStart", List.of(context)),
                new RequiredMethod(handler, "onStop", List.of(context)),
                new RequiredMethod(context, "getParentObservation", List.of()));
    }
}
