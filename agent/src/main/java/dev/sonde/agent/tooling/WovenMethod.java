package dev.sonde.agent.tooling;

import java.util.List;

/**
 * How one method is woven.
 *
 * @param site id of its handler
 * @param arguments whether the handler wants them
 * @param result what becomes of the result
 * @param replaced positions of the arguments, objects, of which the handler answers what the method sees instead
 */
record WovenMethod(int site, boolean arguments, Result result, List<Integer> replaced) {

    /** A method whose arguments stay what they are. */
    WovenMethod(int site, boolean arguments, Result result) {
        this(site, arguments, result, List.of());
    }

    /** What happens to a method's result. */
    enum Result {
        /** Nobody looks at it. */
        IGNORED,
        /** The handler sees it, boxed. */
        SEEN,
        /** The handler answers the object the caller gets; only for methods that return one. */
        REPLACED
    }
}
