package dev.sonde.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class the JVM loads, and calls the weaver for the few that are a library's known class or may have
 * something observed. Called by many threads at once, in the middle of their class loading.
 */
final class CandidateTransformer implements ClassFileTransformer {

    private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final WeaverSlot weaver;
    private final Candidates candidates;

    CandidateTransformer(WeaverSlot weaver, Candidates candidates) {
        this.weaver = weaver;
        this.candidates = candidates;
    }

    @Override
    @SuppressWarnings("IllegalCatch") // inside the application's class loading: nothing of ours may reach it
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (loader == null
                || name == null
                || loader instanceof IsolatedLoader
                || (loader == platform && !Candidates.isLibrary(name))) {
            return null;
        }
        try {
            if (candidates.contains(loader, name, classFile)) {
                ClassFileTransformer open = weaver.open();
                return open == null ? null : open.transform(loader, name, redefined, domain, classFile);
            }
        } catch (Throwable e) {
            System.err.println("[sonde] " + name + " stays as it was: " + e);
        }
        return null;
    }
}
