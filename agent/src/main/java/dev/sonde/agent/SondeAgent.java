package dev.sonde.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM hands over: installs a class file transformer and says in one line where observations go. */
public final class SondeAgent {

    private static boolean started;

    private SondeAgent() {}

    /** Called before {@code main} for {@code -javaagent:sonde-agent.jar=key=value,…}. */
    public static void premain(@Nullable String argument, Instrumentation instrumentation) {
        start(argument, instrumentation);
    }

    /** Called when the agent is attached to a running JVM, or named as {@code Launcher-Agent-Class}. */
    public static void agentmain(@Nullable String argument, Instrumentation instrumentation) {
        start(argument, instrumentation);
    }

    @SuppressWarnings("IllegalCatch") // a failing agent must not stop the JVM
    private static synchronized void start(@Nullable String argument, Instrumentation instrumentation) {
        if (started) {
            return;
        }
        started = true;
        try {
            AgentOptions options = AgentOptions.of(argument);
            if (!options.enabled()) {
                return;
            }
            if (!options.hasKeys()) {
                System.err.println("[sonde] off: sonde.public-key and sonde.secret-key are not set");
                return;
            }
            instrumentation.addTransformer(new CandidateTransformer(new WeaverSlot(argument, instrumentation)));
            System.err.println("[sonde] on: observations go to " + options.host());
        } catch (Throwable e) {
            System.err.println("[sonde] off: the agent could not start: " + e);
        }
    }
}
