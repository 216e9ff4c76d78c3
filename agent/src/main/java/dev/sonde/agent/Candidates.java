package dev.sonde.agent;

import java.nio.charset.StandardCharsets;

/** Which classes the weaver is asked about: those a library is known by, and those that mention {@code @Observe}. */
public final class Candidates {

    /** The descriptor every class file with an observed method holds as a constant. */
    private static final byte[] OBSERVE = "Ldev/sonde/annotations/Observe;".getBytes(StandardCharsets.ISO_8859_1);

    private Candidates() {}

    /** Whether the class with this internal name and these bytes may be woven. */
    public static boolean contains(String name, byte[] classFile) {
        return isLibrary(name) || (!IgnoredClasses.contains(name) && ConstantPool.contains(classFile, OBSERVE));
    }

    /** Whether the class with this internal name is one that a library is known by; its bytes need not be asked for. */
    public static boolean isLibrary(String name) {
        return LibraryClasses.contains(name);
    }

    /** Whether the class with this internal name is left alone whatever it holds. */
    static boolean isIgnored(String name) {
        return IgnoredClasses.contains(name);
    }
}
