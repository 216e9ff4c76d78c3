package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.SondeRuntime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Spring AI makes its observations: {@code ObservationDocumentation.observation(…)}. It gets a registry that the
 * agent listens to in place of none, and an observation of it where the application's own settings leave one out.
 */
final class ObservationSite implements SiteHandler {

    private static final String SPRING_AI = "org.springframework.ai.";

    /** What Spring AI asked for, and the registry it gets. */
    private record Scope(
            Object documentation, List<@Nullable Object> arguments, Micrometer micrometer, Object registry) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null
                || arguments == null
                || !self.getClass().getName().startsWith(SPRING_AI)
                || SondeRuntime.tracerIfRunning() == null) {
            return null;
        }
        Micrometer micrometer = Micrometer.of(self.getClass());
        Object registry = micrometer.listened(arguments[arguments.length - 1]);
        return new Scope(self, Arrays.asList(arguments), micrometer, registry);
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object value) {
        return ((Scope) scope).registry();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope asked = (Scope) scope;
        Object own = asked.micrometer().ownRegistry();
        if (error != null || asked.registry() == own || !Boolean.TRUE.equals(LibraryObjects.get(result, "isNoop"))) {
            return result;
        }
        @Nullable Object[] again = asked.arguments().toArray();
        again[again.length - 1] = own;
        Object observed = LibraryObjects.call(asked.documentation(), "observation", again);
        return observed == null ? result : observed;
    }
}
