package dev.sonde.agent;

import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class the JVM loads, and calls the weaver for the few that are a library's known class or mention
 * {@code @Observe}. Called by many threads at once, in the middle of their class loading.
 */
final class CandidateTransformer implements ClassFileTransformer {

    /** The descriptor every class file with an observed method holds as a constant. */
    private static final byte[] OBSERVE = "Ldev/sonde/annotations/Observe;".getBytes(StandardCharsets.ISO_8859_1);

    private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final WeaverSlot weaver;

    CandidateTransformer(WeaverSlot weaver) {
        this.weaver = weaver;
    }

    @Override
    @SuppressWarnings("IllegalCatch") // inside the application's class loading: nothing of ours may reach it
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (loader == null || name == null || loader == platform || loader instanceof IsolatedLoader) {
            return null;
        }
        try {
            if (LibraryClasses.contains(name)
                    || (!IgnoredClasses.contains(name) && ConstantPool.contains(classFile, OBSERVE))) {
                ClassFileTransformer open = weaver.open();
                return open == null ? null : open.transform(loader, name, redefined, domain, classFile);
            }
        } catch (Throwable e) {
            System.err.println("[sonde] " + name + " stays as it was: " + e);
        }
        return null;
    }
}
