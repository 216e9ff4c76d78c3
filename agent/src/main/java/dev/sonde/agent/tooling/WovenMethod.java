package dev.sonde.agent.tooling;

/**
 * How one method is woven.
 *
 * @param site id of its handler
 * @param arguments whether the handler wants them
 * @param result what becomes of the result
 * @param lastReplaced whether the handler answers what the method sees as its last argument, an object
 */
record WovenMethod(int site, boolean arguments, Result result, boolean lastReplaced) {

    /** A method whose arguments stay what they are. */
    WovenMethod(int site, boolean arguments, Result result) {
        this(site, arguments, result, false);
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
