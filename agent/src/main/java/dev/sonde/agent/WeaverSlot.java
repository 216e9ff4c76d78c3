package dev.sonde.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Holds the weaver, which is opened for the first class that needs it. Everything behind it lives in an
 * {@link IsolatedLoader}.
 */
final class WeaverSlot {

    private static final String OPENING = "dev.sonde.agent.isolated.Opening";

    private final @Nullable String argument;
    private final Instrumentation instrumentation;

    /** Guards {@link #opened}; class loading of our own happens while it is held, never the application's. */
    private final Object lock = new Object();

    private boolean opened;
    private volatile @Nullable ClassFileTransformer weaver;

    WeaverSlot(@Nullable String argument, Instrumentation instrumentation) {
        this.argument = argument;
        this.instrumentation = instrumentation;
    }

    /** The weaver; null when it could not be opened, which has been said once. */
    @SuppressWarnings("IllegalCatch") // a weaver that cannot be opened leaves every class as it was
    @Nullable
    ClassFileTransformer open() {
        ClassFileTransformer ready = weaver;
        if (ready != null) {
            return ready;
        }
        synchronized (lock) {
            if (!opened) {
                opened = true;
                try {
                    weaver = create();
                } catch (InvocationTargetException e) {
                    System.err.println("[sonde] off: " + e.getCause());
                } catch (Throwable e) {
                    System.err.println("[sonde] off: the weaver could not be opened: " + e);
                }
            }
            return weaver;
        }
    }

    private ClassFileTransformer create() throws IOException, URISyntaxException, ReflectiveOperationException {
        File file = jarFile();
        JarFile jar = new JarFile(file, false);
        Class<?> type = Class.forName(OPENING, true, new IsolatedLoader(jar, file));
        return (ClassFileTransformer) type.getMethod("open", String.class, Instrumentation.class, JarFile.class)
                .invoke(null, argument, instrumentation, jar);
    }

    /** The jar this class is in. */
    static File jarFile() throws URISyntaxException {
        return new File(WeaverSlot.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
