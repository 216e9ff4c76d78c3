package dev.sonde.agent.tooling;

import net.bytebuddy.asm.Advice;

/**
 * How one method is woven.
 *
 * @param site id of its handler
 * @param arguments whether the handler wants them
 * @param result what becomes of the result
 */
record WovenMethod(int site, boolean arguments, Result result) {

    /** What happens to a method's result. */
    enum Result {
        /** Nobody looks at it. */
        IGNORED,
        /** The handler sees it, boxed. */
        SEEN,
        /** The handler may answer another object. */
        REPLACED
    }

    Advice advice() {
        Class<?> enter = arguments ? SiteAdvice.EnterWithArguments.class : SiteAdvice.Enter.class;
        Class<?> exit = switch (result) {
            case IGNORED -> SiteAdvice.Exit.class;
            case SEEN -> SiteAdvice.ExitWithResult.class;
            case REPLACED -> SiteAdvice.ExitReplacingResult.class;
        };
        return Advice.withCustomMapping().bind(SiteAdvice.Site.class, site).to(enter, exit);
    }
}
