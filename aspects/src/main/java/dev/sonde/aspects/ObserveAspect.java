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
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/**
 * Runs observed methods and constructors inside an observation, through the runtime's own {@link ObserveSite}. Woven at
 * load time with {@code META-INF/aop.xml} of this jar, at compile time, or for beans as an aspect of Spring AOP. Does nothing where the agent is attached, which
 * sees the same annotation.
 */
@Aspect
public final class ObserveAspect {

    private static final String CONSTRUCTORS = "execution(@dev.sonde.annotations.Observe *.new(..))"
            + " || execution(@(@dev.sonde.annotations.Observe *) *.new(..))";

    /** Whether static parts of a class are AspectJ's own, of which there is one for each place. */
    private static final ClassValue<Boolean> LASTING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.getName().startsWith("org.aspectj.");
        }
    };

    private final ConcurrentHashMap<Object, Site> sites = new ConcurrentHashMap<>();

    /** One observed place: its site, or none when nothing is recorded in this process. */
    private record Site(@Nullable ObserveSite handler) {}

    /**
     * Observes a method call. The class's annotation is asked for by {@code @within}: as part of the method's pattern it would
     * be looked for on the method of every supertype, which takes AspectJ half a minute in libraries of generic types.
     */
    @Around("(execution(@dev.sonde.annotations.Observe * *(..))"
            + " || execution(@(@dev.sonde.annotations.Observe *) * *(..))"
            + " || @within(dev.sonde.annotations.Observe) && execution(public * *(..)))"
            + " && !execution(@dev.sonde.annotations.ObserveIgnore * *(..))"
            + " && !within(java.lang.annotation.Annotation+)")
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
    @Before(CONSTRUCTORS)
    public void construct(JoinPoint call) {
        ObserveSite site = site(call);
        if (site != null) {
            Sites.begin(site, call);
        }
    }

    /** Ends what {@link #construct} began. */
    @AfterReturning(CONSTRUCTORS)
    public void constructed(JoinPoint call) {
        ObserveSite site = site(call);
        if (site != null) {
            Sites.end(site, null);
        }
    }

    /** Ends what {@link #construct} began, as an error. */
    @AfterThrowing(pointcut = CONSTRUCTORS, throwing = "thrown")
    public void notConstructed(JoinPoint call, Throwable thrown) {
        ObserveSite site = site(call);
        if (site != null) {
            Sites.end(site, thrown);
        }
    }

    private @Nullable ObserveSite site(JoinPoint call) {
        JoinPoint.StaticPart part = call.getStaticPart();
        // woven code has one static part a place; Spring makes one a call, where the method is what stays
        Object place = LASTING.get(part.getClass()) ? part : ((MethodSignature) part.getSignature()).getMethod();
        Site known = sites.get(place);
        if (known == null) {
            known = sites.computeIfAbsent(place, key -> new Site(Sites.of(call)));
        }
        return known.handler();
    }
}
