package dev.sonde.agent.isolated;

import dev.sonde.agent.instrumentation.Libraries;
import dev.sonde.agent.tooling.ContextWeaving;
import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.PassingContext;
import dev.sonde.agent.tooling.Selection;
import dev.sonde.agent.tooling.Sites;
import dev.sonde.agent.tooling.Weaver;
import dev.sonde.boot.Bridge;
import dev.sonde.boot.Hooks;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.ends.Emitters;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Starts the runtime and puts the weaver together. */
final class Assembly {

    private Assembly() {}

    static ClassFileTransformer weaver(@Nullable String argument, Instrumentation instrumentation) {
        RuntimeConfig config = RuntimeConfig.read(options(argument));
        SondeRuntime runtime = SondeRuntime.start(config);
        Hooks.onExit = runtime.tracer()::endOpen;
        ContextWeaving context = new ContextWeaving(instrumentation);
        BiFunction<String, Object[], Object> facade = Bridge.facade;
        if (facade != null) {
            Bridge.facade = (operation, arguments) -> {
                context.ensure();
                return facade.apply(operation, arguments);
            };
        }
        Sites sites = new Sites(context);
        List<LibraryInstrumentation> passing = Libraries.passingContext();
        Weaver passingWeaver = new Weaver(runtime.tracer(), name -> passing, sites, Selection.NONE);
        new PassingContext(instrumentation, passingWeaver, passing).begin();
        Emitters.areTold();
        return new Weaver(runtime.tracer(), Libraries::naming, sites, Selection.of(config.observe(), config.adopt()));
    }

    private static Map<String, String> options(@Nullable String argument) {
        Map<String, String> options = new HashMap<>();
        for (String pair : argument == null ? new String[0] : argument.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                options.put(
                        pair.substring(0, equals).trim(),
                        pair.substring(equals + 1).trim());
            }
        }
        return options;
    }
}
