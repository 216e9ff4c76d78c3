package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.boot.SiteHandler;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method of an AI service: a chain named by interface and method, with the arguments as input. */
final class ServiceSite implements SiteHandler {
    private static final String SERVICE = "dev.langchain4j.service.";

    /** A call, and what its method is declared to return. */
    private record Scope(ServiceCall call, String declaredType) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[1] instanceof Method method) || !asks(method)) {
            return null;
        }
        @Nullable Object[] given = arguments[2] instanceof Object[] array ? array : new Object[0];
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        Step step = Step.start("CHAIN", name, input(method, given));
        if (step == null) {
            return null;
        }
        named(method, given, step);
        step.enter();
        return new Scope(new ServiceCall(step), method.getReturnType().getName());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ServiceCall call = ((Scope) scope).call();
        call.step().leave();
        if (error != null) {
            call.failed(error);
            return result;
        }
        if (result != null && result.getClass().getName().equals(SERVICE + "AiServiceTokenStream")) {
            call.handedOut(result);
            return result;
        }
        return call.streams() ? result : call.returned(result, ((Scope) scope).declaredType());
    }

    /** Not the methods of every object, nor those that the interface implements or that only reach the memory. */
    private static boolean asks(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return declaring != Object.class
                && !method.isDefault()
                && !declaring.getName().equals(SERVICE + "memory.ChatMemoryAccess");
    }

    /** The only argument by itself, several by name. */
    private static @Nullable Object input(Method method, @Nullable Object[] given) {
        Parameter[] parameters = method.getParameters();
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < given.length && i < parameters.length; i++) {
            Object value = given[i];
            if (annotation(parameters[i], "MemoryId") == null && !isControl(value)) {
                Object variable = LibraryObjects.get(annotation(parameters[i], "V"), "value");
                named.put(variable instanceof String text ? text : parameters[i].getName(), readable(value));
            }
        }
        return named.size() == 1 ? named.values().iterator().next() : named.isEmpty() ? null : named;
    }

    /** Content in its form of chat completions; other objects are captured as any. */
    private static @Nullable Object readable(@Nullable Object value) {
        return value != null && value.getClass().getName().startsWith("dev.langchain4j.data.message.")
                ? Messages.part(value)
                : value;
    }

    /** What steers the call and says nothing to the model. */
    private static boolean isControl(@Nullable Object value) {
        String type = value == null ? "" : value.getClass().getName();
        return type.startsWith("dev.langchain4j.invocation.") || type.startsWith("dev.langchain4j.model.");
    }

    /** A memory is a conversation, and a user's name a user. */
    private static void named(Method method, @Nullable Object[] given, Step step) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < given.length && i < parameters.length; i++) {
            String value = String.valueOf(given[i]);
            if (annotation(parameters[i], "MemoryId") != null) {
                step.note(observation -> observation.attribute("gen_ai.conversation.id", value));
            }
            if (annotation(parameters[i], "UserName") != null) {
                step.note(observation -> observation.metadata("user_name", value));
            }
        }
    }

    private static @Nullable Annotation annotation(Parameter parameter, String simpleName) {
        for (Annotation annotation : parameter.getAnnotations()) {
            if (annotation.annotationType().getName().equals(SERVICE + simpleName)) {
                return annotation;
            }
        }
        return null;
    }
}
