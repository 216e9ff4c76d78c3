package dev.sonde.agent.isolated;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** What the premain side calls, by name, when the first class that needs weaving is loaded. */
public final class Opening {

    private Opening() {}

    /**
     * Makes the weaver. Called once.
     *
     * @param argument the agent's argument, {@code key=value,key=value}, or null
     * @param jar the agent's own jar
     * @throws IOException when the jar cannot be read
     */
    public static ClassFileTransformer open(@Nullable String argument, Instrumentation instrumentation, JarFile jar)
            throws IOException {
        BootPackage.define(instrumentation, jar); // before any class that refers to it is linked
        return Assembly.weaver(argument, instrumentation);
    }
}
