package dev.sonde.runtime;

import java.util.List;

/**
 * An observed method as a weaver sees it, in JDK types only.
 *
 * @param className binary name of the declaring class
 * @param methodName {@code <init>} for constructors
 * @param name the observation's name; empty for the simple class name and the method's
 * @param type upper-case wire name of the observation type
 * @param captureInput DEFAULT, ON or OFF
 * @param captureOutput DEFAULT, ON or OFF
 * @param parameterNames one for each parameter, in order
 * @param returnsValue false for void methods and constructors
 */
public record ObservedMethod(
        String className,
        String methodName,
        String name,
        String type,
        String captureInput,
        String captureOutput,
        List<String> parameterNames,
        boolean returnsValue) {

    public ObservedMethod {
        parameterNames = List.copyOf(parameterNames);
    }

    /** The observation's name with its default applied. */
    public String observationName() {
        if (!name.isEmpty()) {
            return name;
        }
        String simple = className.substring(className.lastIndexOf('.') + 1);
        String nested = simple.substring(simple.lastIndexOf('$') + 1);
        return methodName.equals("<init>") ? "new " + nested : nested + "." + methodName;
    }
}
