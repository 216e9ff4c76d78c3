package dev.sonde.agent.instrumentation.springai;

import dev.sonde.boot.Hooks;
import dev.sonde.runtime.export.Log;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's {@code ObservationHandler}: told of each of Spring AI's observations when it starts, becomes current, stops
 * to be so, and ends. Never throws: Micrometer would hand that on to the application.
 */
final class Listener implements InvocationHandler {

    @Override
    @SuppressWarnings("IllegalCatch") // the border to the application: nothing of ours may reach it
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        String name = method.getName();
        if (arguments == null || arguments.length == 0) {
            return name.equals("hashCode") ? System.identityHashCode(proxy) : "sonde";
        }
        Object context = arguments[arguments.length - 1];
        if (name.equals("equals")) {
            return proxy == context;
        }
        boolean asked = name.equals("supportsContext");
        try {
            if (context != null && asked) {
                return Kind.of(context) != null;
            }
            if (context != null && Hooks.enabled) {
                told(name, context);
            }
        } catch (VirtualMachineError e) {
            return asked ? false : null; // the application has used up its stack or heap
        } catch (Throwable e) {
            Log.warn("Spring AI", "an observation of Spring AI is not recorded: " + e);
        }
        return asked ? false : null;
    }

    private static void told(String event, Object context) {
        if (event.equals("onStart")) {
            Kind kind = Kind.of(context);
            if (kind != null) {
                Runs.start(kind, context);
            }
            return;
        }
        Run run = Runs.of(context);
        if (run == null) {
            return;
        }
        switch (event) {
            case "onScopeOpened" -> Scopes.opened(run);
            case "onScopeClosed" -> Scopes.closed(run);
            case "onScopeReset" -> Scopes.reset();
            case "onStop" -> Runs.stop(run, context);
            default -> {}
        }
    }
}
