package dev.sonde.agent.tooling;

import java.util.List;

/**
 * What the agent observes in one library, declared by names only: nothing of the library is loaded to ask for it. Each
 * class named here must be listed in {@code dev.sonde.agent.LibraryClasses} too, and the instrumentation in {@code
 * dev.sonde.agent.instrumentation.Libraries}.
 */
public interface LibraryInstrumentation {

    /** The library's name for people, as in {@code openai-java}. */
    String library();

    /**
     * The methods to weave. A class that a version of the library does not have is left out without a word, a method that
     * a class does not have with one line.
     */
    List<LibraryMethod> methods();

    /**
     * Methods of types that other classes implement, those of the application too: woven wherever a class names the type
     * as its superclass or among its interfaces and has code for the method. Not in lambdas and method references, which
     * no agent sees. Each type must be listed in {@code dev.sonde.agent.LibraryClasses}.
     */
    default List<LibraryMethod> inherited() {
        return List.of();
    }

    /** What the handlers call by name and cannot do without; where one is missing, nothing of the library is woven. */
    default List<RequiredMethod> required() {
        return List.of();
    }

    /**
     * Binary names of classes that are loaded long before the first call, so that the weaver is there when methods of other
     * libraries matter; must be listed in {@code LibraryClasses} too. None of their methods is woven.
     */
    default List<String> announcedBy() {
        return List.of();
    }
}
