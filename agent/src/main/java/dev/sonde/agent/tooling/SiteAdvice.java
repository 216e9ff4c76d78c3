package dev.sonde.agent.tooling;

import dev.sonde.boot.Hooks;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * What is copied into woven methods: arguments are loaded and {@link Hooks} is called, nothing else. Which parts are
 * copied depends on what the site wants, so that nothing is boxed for nobody.
 */
final class SiteAdvice {

    private SiteAdvice() {}

    /** Stands for the site's id, a constant in the woven code. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Site {}

    /** Begins without looking at the arguments. */
    static final class Enter {
        private Enter() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@Site int site, @Advice.This(optional = true) @Nullable Object self) {
            return Hooks.enter(site, self, null);
        }
    }

    /** Begins with the arguments, boxed in an array. */
    static final class EnterWithArguments {
        private EnterWithArguments() {}

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @Site int site,
                @Advice.This(optional = true) @Nullable Object self,
                @Advice.AllArguments @Nullable Object[] arguments) {
            return Hooks.enter(site, self, arguments);
        }
    }

    /** Ends without looking at the result. */
    static final class Exit {
        private Exit() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, backupArguments = false)
        static void exit(
                @Site int site, @Advice.Enter @Nullable Object scope, @Advice.Thrown @Nullable Throwable error) {
            Hooks.exit(site, scope, null, error);
        }
    }

    /** Ends with the result, boxed where it is primitive. */
    static final class ExitWithResult {
        private ExitWithResult() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, backupArguments = false)
        static void exit(
                @Site int site,
                @Advice.Enter @Nullable Object scope,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object result,
                @Advice.Thrown @Nullable Throwable error) {
            Hooks.exit(site, scope, result, error);
        }
    }

    /** Ends with the result and hands on what the site answers; never used for primitive results. */
    static final class ExitReplacingResult {
        private ExitReplacingResult() {}

        @SuppressWarnings({"ParameterReassign", "UnusedVariable"}) // assigning replaces the woven method's result
        @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, backupArguments = false)
        static void exit(
                @Site int site,
                @Advice.Enter @Nullable Object scope,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object result,
                @Advice.Thrown @Nullable Throwable error) {
            result = Hooks.exit(site, scope, result, error);
        }
    }
}
