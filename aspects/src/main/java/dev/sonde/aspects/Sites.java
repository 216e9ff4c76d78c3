package dev.sonde.aspects;

import dev.sonde.runtime.ObserveSite;
import dev.sonde.runtime.ObservedMethod;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.ends.Ends;
import dev.sonde.runtime.export.Log;
import java.lang.reflect.Executable;
import java.util.ArrayDeque;
import java.util.Map;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.reflect.CodeSignature;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/** Between join points and the runtime. A failure of ours is counted by nobody but never reaches the application. */
final class Sites {

    private static final String AGENT = "dev.sonde.agent.SondeAgent";
    private static final @Nullable Tracer TRACER = tracer();
    private static final Object NOTHING = new Object();

    /** Scopes of the constructors that run on this thread, innermost first: a constructor has no place of its own for one. */
    private static final ThreadLocal<ArrayDeque<Object>> CONSTRUCTING = ThreadLocal.withInitial(ArrayDeque::new);

    private Sites() {}

    /** The site of a join point; null when nothing is recorded in this process. */
    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    static @Nullable ObserveSite of(JoinPoint call) {
        Tracer tracer = TRACER;
        try {
            return tracer == null ? null : of(call, tracer);
        } catch (Throwable e) {
            Log.warn("aspect " + call.getSignature(), call.getSignature() + " is not observed: " + e);
            return null;
        }
    }

    private static ObserveSite of(JoinPoint call, Tracer tracer) {
        CodeSignature signature = (CodeSignature) call.getSignature();
        Executable code = Reflected.code(signature, call.getTarget());
        boolean isMethod = signature instanceof MethodSignature;
        boolean isVoid = !(signature instanceof MethodSignature method) || method.getReturnType() == void.class;
        ObserveSite site = new ObserveSite(
                tracer,
                new ObservedMethod(
                        code.getDeclaringClass().getName(),
                        isMethod ? signature.getName() : "<init>",
                        Reflected.parameters(signature, code),
                        !isVoid,
                        Reflected.says(code)),
                code.getDeclaringClass().getClassLoader());
        return signature instanceof MethodSignature method
                ? site.returning(Ends.of(method.getReturnType().getName()))
                : site;
    }

    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    static @Nullable Object enter(ObserveSite site, JoinPoint call) {
        try {
            return site.enter(call.getTarget(), site.needsArguments() ? call.getArgs() : null);
        } catch (Throwable e) {
            Log.warn("aspect", "an observed call could not be recorded: " + e);
            return null;
        }
    }

    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    static @Nullable Object exit(ObserveSite site, Object scope, @Nullable Object result, @Nullable Throwable error) {
        try {
            return site.exit(scope, result, error);
        } catch (Throwable e) {
            Log.warn("aspect", "an observed call could not be recorded: " + e);
            return result;
        }
    }

    static void begin(ObserveSite site, JoinPoint call) {
        Object scope = enter(site, call);
        CONSTRUCTING.get().push(scope == null ? NOTHING : scope);
    }

    static void end(ObserveSite site, @Nullable Throwable error) {
        Object scope = CONSTRUCTING.get().poll();
        if (scope != null && scope != NOTHING) {
            exit(site, scope, null, error);
        }
    }

    private static @Nullable Tracer tracer() {
        try {
            Class.forName(AGENT, false, ClassLoader.getSystemClassLoader());
            return null; // the agent observes already
        } catch (ClassNotFoundException e) {
            return started();
        }
    }

    private static @Nullable Tracer started() {
        try {
            RuntimeConfig config = RuntimeConfig.read(Map.of());
            if (config.active()) {
                return SondeRuntime.start(config).tracer();
            }
            if (config.enabled()) {
                System.err.println("[sonde] off: public-key and secret-key are not configured");
            }
        } catch (IllegalArgumentException e) {
            System.err.println("[sonde] off: " + e.getMessage());
        }
        return null;
    }
}
