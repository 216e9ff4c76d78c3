package dev.sonde.runtime;

import dev.sonde.boot.Bridge;
import dev.sonde.runtime.export.Exporter;
import dev.sonde.runtime.export.Processing;
import dev.sonde.runtime.internal.FacadeOperations;
import org.jspecify.annotations.Nullable;

/**
 * The running tracer of this process. Starting opens no connection and, unless there is a spool, no thread; the exporter's
 * thread begins with the first ended observation.
 */
public final class SondeRuntime {

    /** Guards the one instance. */
    private static final Object LOCK = new Object();

    private static volatile @Nullable SondeRuntime running;

    private final Tracer tracer;

    private SondeRuntime(RuntimeConfig config) {
        this.tracer = tracer(config);
    }

    /** A tracer apart from the process's own. */
    public static Tracer tracer(RuntimeConfig config) {
        return new Tracer(config, new Exporter(config, new Processing(config)));
    }

    /**
     * Starts the runtime, or answers the one that runs already: a process has one tracer.
     *
     * @throws IllegalArgumentException when the configuration is not {@link RuntimeConfig#active()}
     */
    public static SondeRuntime start(RuntimeConfig config) {
        if (!config.active()) {
            throw new IllegalArgumentException("public-key and secret-key are not configured");
        }
        synchronized (LOCK) {
            SondeRuntime present = running;
            if (present == null) {
                present = new SondeRuntime(config);
                running = present;
                present.tracer.exporter().begin();
                Bridge.facade = new FacadeOperations(present.tracer);
            }
            return present;
        }
    }

    /** The running tracer, or null. */
    public static @Nullable Tracer tracerIfRunning() {
        SondeRuntime present = running;
        return present == null ? null : present.tracer;
    }

    /** Starts and exports observations. */
    public Tracer tracer() {
        return tracer;
    }
}
