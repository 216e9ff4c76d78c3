package dev.sonde.aspects;

import dev.sonde.runtime.ObserveSite;
import java.util.concurrent.ConcurrentHashMap;
import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.AfterReturning;
import org.aspectj.lang.annotation.AfterThrowing;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.jspecify.annotations.Nullable;

/**
 * Runs observed methods and constructors inside an observation, through the runtime's own {@link ObserveSite}. Woven at
 * load time with {@code META-INF/aop.xml} of this jar, or at compile time. Does nothing where the agent is attached, which
 * sees the same annotation.
 */
@Aspect
public final class ObserveAspect {

    private final ConcurrentHashMap<JoinPoint.StaticPart, Site> sites = new ConcurrentHashMap<>();

    /** One observed place: its site, or none when nothing is recorded in this process. */
    private record Site(@Nullable ObserveSite handler) {}

    /** Observes a method call. */
    @Around("execution(@dev.sonde.annotations.Observe * *(..))")
    @SuppressWarnings("IllegalCatch") // the application's own throwable passes through here, untouched
    public @Nullable Object observe(ProceedingJoinPoint call) throws Throwable {
        ObserveSite site = site(call);
        Object scope = site == null ? null : Sites.enter(site, call);
        if (site == null || scope == null) {
            return call.proceed();
        }
        Object result;
        try {
            result = call.proceed();
        } catch (Throwable thrown) {
            Sites.exit(site, scope, null, thrown);
            throw thrown;
        }
        return Sites.exit(site, scope, result, null);
    }

    /** Begins to observe a constructor. Its body stays where it is, because it may set final fields. */
    @Before("execution(@dev.sonde.annotations.Observe *.new(..))")
    public void construct(JoinPoint call) {
        ObserveSite site = site(call);
        if (site != null) {
            Sites.begin(site, call);
        }
    }

    /** Ends what {@link #construct} began. */
    @AfterReturning("execution(@dev.sonde.annotations.Observe *.new(..))")
    public void constructed(JoinPoint call) {
        ObserveSite site = site(call);
        if (site != null) {
            Sites.end(site, null);
        }
    }

    /** Ends what {@link #construct} began, as an error. */
    @AfterThrowing(pointcut = "execution(@dev.sonde.annotations.Observe *.new(..))", throwing = "thrown")
    public void notConstructed(JoinPoint call, Throwable thrown) {
        ObserveSite site = site(call);
        if (site != null) {
            Sites.end(site, thrown);
        }
    }

    private @Nullable ObserveSite site(JoinPoint call) {
        return sites.computeIfAbsent(call.getStaticPart(), part -> new Site(Sites.of(part)))
                .handler();
    }
}
