package dev.sonde.agent.instrumentation.langchain4j.services;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.LiveObservation;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method of an AI service: a chain, or an agent, named by interface and method, with the arguments as input. */
public final class ServiceSite implements SiteHandler {
    private static final String SERVICE = "dev.langchain4j.service.";

    private static final String AGENT = "dev.langchain4j.agentic.Agent";

    /** A call, and what its method is declared to return. */
    private record Scope(ServiceCall call, String declaredType) {}

    ServiceSite() {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[1] instanceof Method method) || !asks(method)) {
            return null;
        }
        @Nullable Object[] given = arguments[2] instanceof Object[] array ? array : new Object[0];
        Annotation agent = annotation(method.getAnnotations(), AGENT);
        Step step = Step.start(agent == null ? "CHAIN" : "AGENT", name(method), input(method, given));
        if (step == null) {
            return null;
        }
        if (agent != null) {
            String agentName = LibraryObjects.text(agent, "name");
            step.note(observation ->
                    agent(observation, agentName == null || agentName.isBlank() ? method.getName() : agentName));
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

    /** Such as {@code Assistant.chat}. */
    public static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Says that it is an agent, and of which name. */
    public static LiveObservation agent(LiveObservation observation, @Nullable String name) {
        observation.attribute("gen_ai.operation.name", "invoke_agent");
        return name == null || name.isBlank() ? observation : observation.attribute("gen_ai.agent.name", name);
    }

    /** The only argument by itself, several by name; null for none. */
    public static @Nullable Object input(Method method, @Nullable Object[] given) {
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
        return annotation(parameter.getAnnotations(), SERVICE + simpleName);
    }

    private static @Nullable Annotation annotation(Annotation[] annotations, String name) {
        for (Annotation annotation : annotations) {
            if (annotation.annotationType().getName().equals(name)) {
                return annotation;
            }
        }
        return null;
    }
}
