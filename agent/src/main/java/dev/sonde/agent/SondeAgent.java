package dev.sonde.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Where the JVM hands over: installs a class file transformer and says in one line where observations go. */
public final class SondeAgent {

    /** The system property by which a process says that the agent observes it; its value is {@code on}. */
    public static final String STATE_PROPERTY = "sonde.agent.state";

    private static boolean started;

    private SondeAgent() {}

    /** Called before {@code main} for {@code -javaagent:sonde-agent.jar=key=value,…}. */
    public static void premain(@Nullable String argument, Instrumentation instrumentation) {
        start(argument, instrumentation, false);
    }

    /** Called when the agent is attached to a running JVM: classes that are loaded already are woven too. */
    public static void agentmain(@Nullable String argument, Instrumentation instrumentation) {
        start(argument, instrumentation, true);
    }

    @SuppressWarnings("IllegalCatch") // a failing agent must not stop the JVM
    private static synchronized void start(
            @Nullable String argument, Instrumentation instrumentation, boolean attached) {
        if (started) {
            if (attached) {
                System.err.println("[sonde] is on already: attaching again changes nothing");
            }
            return;
        }
        try {
            AgentOptions options = AgentOptions.of(argument);
            if (!options.enabled()) {
                return;
            }
            if (!options.hasKeys()) {
                System.err.println("[sonde] off: sonde.public-key and sonde.secret-key are not set");
                return;
            }
            WeaverSlot weaver = new WeaverSlot(argument, instrumentation);
            Candidates candidates = new Candidates(options);
            instrumentation.addTransformer(new CandidateTransformer(weaver, candidates), attached);
            started = true;
            System.err.println("[sonde] on: observations go to " + options.host());
            if (attached) {
                new LoadedClasses(instrumentation, weaver, candidates).weave();
            }
            System.setProperty(STATE_PROPERTY, "on");
        } catch (Throwable e) {
            System.err.println("[sonde] off: the agent could not start: " + e);
        }
    }
}
