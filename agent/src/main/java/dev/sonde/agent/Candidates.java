package dev.sonde.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which classes the weaver is asked about: those a library is known by, and those of which something may be observed
 * because they mention an annotation of ours or an adopted one, are configured, or have annotations, a superclass or
 * interfaces that do. Errs on the side of yes; the weaver decides.
 */
public final class Candidates {

    private static final byte[] OURS = "Ldev/sonde/annotations/".getBytes(StandardCharsets.ISO_8859_1);
    private static final String ANNOTATION = "dev/sonde/annotations/Observe.class";

    /** Libraries that carry no annotation of ours, so that none of their classes is read for it. */
    private static final String[] LIBRARIES = {
        "ch/qos/logback/",
        "com/fasterxml/",
        "com/google/",
        "groovy/",
        "io/grpc/",
        "io/micrometer/",
        "io/micronaut/",
        "io/netty/",
        "io/quarkus/",
        "io/reactivex/",
        "io/smallrye/",
        "io/vertx/",
        "jakarta/",
        "kotlin/",
        "kotlinx/",
        "lombok/",
        "okhttp3/",
        "okio/",
        "org/apache/",
        "org/eclipse/",
        "org/hibernate/",
        "org/jboss/",
        "org/jetbrains/",
        "org/jspecify/",
        "org/junit/",
        "org/slf4j/",
        "org/springframework/",
        "reactor/",
        "scala/",
    };

    private final String[] configured;
    private final byte[][] adopted;
    private final boolean jdbc;
    private final byte[][][] types;

    /** Whether a loader sees the annotations at all; asked once each. */
    private final Map<ClassLoader, Boolean> seeing = Collections.synchronizedMap(new WeakHashMap<>());

    /** Whether a type leads to an observed method, by internal name. */
    private final Map<String, Boolean> leading = new ConcurrentHashMap<>();

    Candidates(AgentOptions options) {
        String[] methods = options.list("observe");
        configured = new String[methods.length];
        for (int i = 0; i < methods.length; i++) {
            int hash = methods[i].indexOf('#');
            configured[i] = (hash < 0 ? methods[i] : methods[i].substring(0, hash)).replace('.', '/');
        }
        jdbc = options.jdbcVectors();
        types = LibraryClasses.types(jdbc);
        String[] annotations = options.list("adopt");
        adopted = new byte[annotations.length][];
        for (int i = 0; i < annotations.length; i++) {
            int colon = annotations[i].indexOf(':');
            String name = colon < 0 ? annotations[i] : annotations[i].substring(0, colon);
            adopted[i] = ('L' + name.replace('.', '/') + ';').getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Whether the class with this internal name is one that a library is known by; its bytes need not be asked for. */
    public static boolean isLibrary(String name) {
        return LibraryClasses.contains(name);
    }

    /** Whether classes that extend or implement the type with this internal name may be woven for a library. */
    public static boolean isLibraryType(String name) {
        return LibraryClasses.TYPES.contains(name);
    }

    /** Whether the class with this internal name may be the application's own. */
    public static boolean isApplication(String name) {
        return !isIgnored(name) && !isOther(name);
    }

    /** Whether the class file mentions one of our annotations. */
    public static boolean mentionsOurs(byte[] classFile) {
        return ConstantPool.contains(classFile, Candidates::isOurs);
    }

    /** Whether the class with this internal name is left alone whatever it holds. */
    static boolean isIgnored(String name) {
        return IgnoredClasses.contains(name);
    }

    /** Whether the class with this internal name and these bytes may be woven. */
    boolean contains(ClassLoader loader, String name, byte[] classFile) {
        if (isLibrary(name)) {
            return true;
        }
        if (isIgnored(name)) {
            return false;
        }
        for (String method : configured) {
            if (method.equals(name)) {
                return true;
            }
        }
        return mentions(classFile) || (!isOther(name) && sees(loader) && leads(loader, classFile));
    }

    private boolean mentions(byte[] classFile) {
        Mentions mentions = new Mentions();
        return ConstantPool.contains(classFile, mentions) || (mentions.libraryType && extendsLibraryType(classFile));
    }

    private boolean extendsLibraryType(byte[] classFile) {
        for (String parent : ClassOutline.parents(classFile)) {
            if (isLibraryType(parent) || (jdbc && LibraryClasses.JDBC_TYPES.contains(parent))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOurs(byte[] classFile, int start, int length) {
        return length > OURS.length && Arrays.equals(classFile, start, start + OURS.length, OURS, 0, OURS.length);
    }

    private boolean isWanted(byte[] classFile, int start, int length) {
        if (length < 3 || classFile[start] != 'L') {
            return false;
        }
        if (isOurs(classFile, start, length)) {
            return true;
        }
        for (byte[] annotation : adopted) {
            if (length == annotation.length && Arrays.equals(classFile, start, start + length, annotation, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean leads(ClassLoader loader, byte[] classFile) {
        for (String related : ClassOutline.related(classFile)) {
            if (leads(loader, related)) {
                return true;
            }
        }
        return false;
    }

    private boolean leads(ClassLoader loader, String name) {
        if (IgnoredClasses.contains(name) || isOther(name)) {
            return false;
        }
        Boolean known = leading.get(name);
        if (known == null) {
            leading.put(name, false); // a type that leads back to itself adds nothing
            byte[] classFile = read(loader, name);
            known = classFile != null && (mentions(classFile) || leads(loader, classFile));
            leading.put(name, known);
        }
        return known;
    }

    private static byte @Nullable [] read(ClassLoader loader, String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null; // the class stays as it is
        }
    }

    private boolean sees(ClassLoader loader) {
        Boolean known = seeing.get(loader);
        if (known == null) {
            known = loader.getResource(ANNOTATION) != null;
            seeing.put(loader, known);
        }
        return known;
    }

    private static boolean isOther(String name) {
        for (String prefix : LIBRARIES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Looks for annotations, and on the way for types of libraries, which most classes only use. For one class file. */
    private final class Mentions implements ConstantPool.Match {
        private boolean libraryType;

        @Override
        public boolean found(byte[] classFile, int start, int length) {
            libraryType |= LibraryClasses.isType(types, classFile, start, length);
            return isWanted(classFile, start, length);
        }
    }
}
