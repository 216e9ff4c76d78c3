package dev.sonde.runtime.ends.library;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.Ending;
import dev.sonde.runtime.ends.Placing;
import dev.sonde.runtime.export.Log;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of libraries whose results are followed, written down by hand. */
public final class LibraryResults {

    private static final Set<String> KOTLIN =
            Set.of("kotlin.coroutines.Continuation", "kotlin.coroutines.CoroutineContext");
    private static final String PUBLISHER = "org.reactivestreams.Publisher";
    private static final String CORE_PUBLISHER = "reactor.core.CorePublisher";

    private static final List<LibraryResult> ALL = List.of(
            replaced("reactor.core.publisher.Mono", "MonoEnding", CORE_PUBLISHER, PUBLISHER),
            replaced("reactor.core.publisher.Flux", "FluxEnding", CORE_PUBLISHER, PUBLISHER),
            replaced("io.reactivex.rxjava3.core.Flowable", "FlowableEnding", PUBLISHER),
            replaced("io.reactivex.rxjava3.core.Observable", "ObservableEnding"),
            replaced("io.reactivex.rxjava3.core.Single", "SingleEnding"),
            replaced("io.reactivex.rxjava3.core.Maybe", "MaybeEnding"),
            replaced("io.reactivex.rxjava3.core.Completable", "CompletableEnding"),
            replaced("io.smallrye.mutiny.Uni", "UniEnding"),
            replaced("io.smallrye.mutiny.Multi", "MultiEnding"),
            replaced("kotlinx.coroutines.flow.Flow", "FlowEnding"),
            replaced(PUBLISHER, "PublisherEnding"),
            seen("com.google.common.util.concurrent.ListenableFuture", "ListenableFutureEnding"));

    private static final Map<String, LibraryResult> BY_TYPE = byType();
    private static final Set<String> REPLACEABLE = replaceable();

    /** By class of the result. What it holds belongs to that class's loader and goes with it. */
    private static final ClassValue<Found> FOUND = new ClassValue<>() {
        @Override
        protected Found computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** By loader of a library, through one of its classes: the bridge to it. */
    private static final ClassValue<BridgeLoader> BRIDGES = new ClassValue<>() {
        @Override
        protected BridgeLoader computeValue(Class<?> libraryType) {
            return new BridgeLoader(libraryType.getClassLoader());
        }
    };

    /** By class of a continuation or a coroutine's context. */
    private static final ClassValue<Kotlin> COROUTINES = new ClassValue<>() {
        @Override
        protected Kotlin computeValue(Class<?> type) {
            return findKotlin(type);
        }
    };

    /** By class of a publisher. */
    private static final ClassValue<Placer> PLACINGS = new ClassValue<>() {
        @Override
        protected Placer computeValue(Class<?> type) {
            return findPlacing(type);
        }
    };

    private LibraryResults() {}

    /** How a class's objects are followed, if at all. */
    private record Found(
            @Nullable LibraryResult result, @Nullable Ending ending) {}

    /** How a class's objects are placed, if at all. */
    private record Placer(@Nullable Placing placing) {}

    /** What is known of a continuation's Kotlin. */
    private record Kotlin(@Nullable Coroutines kotlin) {}

    /** Whether a result of a method that declares this type may be replaced. */
    public static boolean mayReplace(String declaredType) {
        return REPLACEABLE.contains(declaredType);
    }

    /** How a result of a method with this declared type is followed; null when it is complete already. */
    public static @Nullable Ending of(Object result, String declaredType) {
        Found found = FOUND.get(result.getClass());
        return found.result() != null && found.result().fits(declaredType) ? found.ending() : null;
    }

    /** The publisher with a place below its subscription; itself where it is none that can be placed. */
    public static Object placed(Object publisher, Context place) {
        Placing placing = PLACINGS.get(publisher.getClass()).placing();
        return placing == null ? publisher : placing.at(publisher, place);
    }

    private static Placer findPlacing(Class<?> type) {
        for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
            if (parent.getName().equals("reactor.core.publisher.Mono")) {
                return new Placer((Placing) bridge("MonoPlacing", parent));
            }
        }
        return new Placer(null);
    }

    /** The Kotlin of the class of a continuation or a coroutine's context; null when it is none, or none that is understood. */
    static @Nullable Coroutines coroutines(Class<?> continuation) {
        return COROUTINES.get(continuation).kotlin();
    }

    private static Kotlin findKotlin(Class<?> type) {
        Set<Class<?>> all = new HashSet<>();
        collect(type, all);
        for (Class<?> candidate : all) {
            if (KOTLIN.contains(candidate.getName())) {
                return new Kotlin((Coroutines) bridge("KotlinCoroutines", type));
            }
        }
        return new Kotlin(null);
    }

    private static Found find(Class<?> type) {
        Set<Class<?>> all = new HashSet<>();
        collect(type, all);
        Class<?> best = null;
        for (Class<?> candidate : all) {
            LibraryResult known = BY_TYPE.get(candidate.getName());
            if (known != null && (best == null || ALL.indexOf(known) < ALL.indexOf(BY_TYPE.get(best.getName())))) {
                best = candidate;
            }
        }
        LibraryResult result = best == null ? null : BY_TYPE.get(best.getName());
        return best == null || result == null
                ? new Found(null, null)
                : new Found(result, (Ending) bridge(result.bridge(), best));
    }

    /** Null when this version of the library is not one that the bridge was built for; that has been said. */
    private static @Nullable Object bridge(String name, Class<?> libraryType) {
        try {
            return BRIDGES.get(libraryType)
                    .loadClass(BridgeLoader.BRIDGE + name)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Log.warn("ends " + name, "the end of " + libraryType.getName() + " is not followed: " + e);
            return null;
        }
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
        if (type != null && into.add(type)) {
            collect(type.getSuperclass(), into);
            for (Class<?> face : type.getInterfaces()) {
                collect(face, into);
            }
        }
    }

    private static LibraryResult replaced(String type, String bridge, String... standsForToo) {
        Set<String> standsFor = new HashSet<>(Set.of(standsForToo));
        standsFor.add(type);
        return new LibraryResult(type, bridge, standsFor);
    }

    private static LibraryResult seen(String type, String bridge) {
        return new LibraryResult(type, bridge, Set.of());
    }

    private static Map<String, LibraryResult> byType() {
        Map<String, LibraryResult> all = new HashMap<>();
        ALL.forEach(result -> all.put(result.type(), result));
        return Map.copyOf(all);
    }

    private static Set<String> replaceable() {
        Set<String> all = new HashSet<>();
        ALL.forEach(result -> all.addAll(result.standsFor()));
        return Set.copyOf(all);
    }
}
