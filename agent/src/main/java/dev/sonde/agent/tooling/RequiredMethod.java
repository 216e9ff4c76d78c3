package dev.sonde.agent.tooling;

import java.util.List;

/**
 * A method that the handlers of a library call by name, abstract ones included. Where it is missing, the library is of a
 * version nobody has seen, and is left alone.
 *
 * @param className binary name of the class that declares it
 * @param parameterTypes binary names in order, as {@link Class#getName()} writes them
 */
public record RequiredMethod(String className, String methodName, List<String> parameterTypes) {

    public RequiredMethod {
        parameterTypes = List.copyOf(parameterTypes);
    }

    @Override
    public String toString() {
        return className + "#" + methodName + "(" + String.join(",", parameterTypes) + ")";
    }
}
