package dev.sonde.agent.tooling;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where class files come from that are not loaded yet. */
interface ClassSource {

    /** No other class can be read. */
    ClassSource NONE = internalName -> null;

    /** The class file of an internal name, or null where there is none. */
    byte @Nullable [] read(String internalName);

    /** What a loader and its parents have as resources. */
    static ClassSource of(ClassLoader loader) {
        return internalName -> {
            try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
                return in == null ? null : in.readAllBytes();
            } catch (IOException e) {
                return null;
            }
        };
    }
}
