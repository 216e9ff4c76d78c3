package dev.sonde.agent.tooling;

import dev.sonde.agent.tooling.WovenMethod.Result;
import dev.sonde.boot.Hooks;
import dev.sonde.runtime.ObserveSite;
import dev.sonde.runtime.ObservedMethod;
import dev.sonde.runtime.SuspendSite;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.ends.Ends;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes it is given: methods that carry {@code @Observe} and library methods that an instrumentation names.
 * Adds no member, so that other agents may weave the same class. Called by many threads at once, inside class loading.
 */
public final class Weaver implements ClassFileTransformer {

    /** How the descriptor of a suspending function of Kotlin ends. */
    private static final String SUSPENDING = "Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

    private final Tracer tracer;
    private final Sites sites;
    private final Selection selection;
    private final LibraryHooks hooks;

    /** Which loaders see {@link Hooks}; asked once each. */
    private final Map<ClassLoader, Boolean> seeing = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param libraries from the binary name of a class to the instrumentations that may name it, always the same objects */
    public Weaver(
            Tracer tracer, Function<String, List<LibraryInstrumentation>> libraries, Sites sites, Selection selection) {
        this.tracer = tracer;
        this.sites = sites;
        this.selection = selection;
        this.hooks = new LibraryHooks(libraries);
    }

    @Override
    @SuppressWarnings("IllegalCatch") // inside the application's class loading: the class stays as it was
    public byte @Nullable [] transform(
            ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        String className = name.replace('/', '.');
        try {
            Map<String, WovenMethod> plan = plan(className, classFile, loader);
            return plan.isEmpty() || !seesHooks(loader) ? null : weave(classFile, plan);
        } catch (Throwable e) {
            System.err.println("[sonde] " + className + " stays as it was, it could not be woven: " + e);
            return null;
        }
    }

    private Map<String, WovenMethod> plan(String className, byte[] classFile, ClassLoader loader) {
        if (hooks.know(className)) {
            return libraryMethods(hooks.in(className, classFile, ClassSource.of(loader)));
        }
        Map<String, WovenMethod> plan = libraryMethods(hooks.inherited(classFile, ClassSource.of(loader)));
        plan.putAll(observedMethods(classFile, loader)); // what the application itself says counts more
        return plan;
    }

    private Map<String, WovenMethod> observedMethods(byte[] classFile, ClassLoader loader) {
        Map<String, WovenMethod> plan = new HashMap<>();
        for (Map.Entry<String, ObservedMethod> observed :
                ObservedMethods.of(classFile, selection, ClassSource.of(loader)).entrySet()) {
            if (observed.getKey().endsWith(SUSPENDING)) {
                plan.put(observed.getKey(), suspending(observed.getValue(), loader));
                continue;
            }
            ObserveSite site = new ObserveSite(tracer, observed.getValue(), loader);
            Type returns = Type.getReturnType(signatureOf(observed.getKey()));
            Ends ends = returns.getSort() == Type.OBJECT ? Ends.of(returns.getClassName()) : Ends.UNREPLACED;
            Result result = resultOf(returns, ends, site.needsResult());
            int id = sites.register(site.returning(ends));
            plan.put(observed.getKey(), new WovenMethod(id, site.needsArguments(), result));
        }
        return plan;
    }

    /** The continuation is the compiler's parameter and nobody's input. */
    private WovenMethod suspending(ObservedMethod method, ClassLoader loader) {
        List<ObservedMethod.Parameter> own = method.parameters();
        ObservedMethod written = new ObservedMethod(
                method.className(), method.methodName(), own.subList(0, own.size() - 1), true, method.says());
        SuspendSite site = new SuspendSite(new ObserveSite(tracer, written, loader));
        return new WovenMethod(sites.register(site), true, Result.SEEN, List.of(own.size() - 1));
    }

    private static Result resultOf(Type returns, Ends ends, boolean wanted) {
        if (ends.mayReplace()) {
            return Result.REPLACED;
        }
        return wanted || returns.getSort() == Type.OBJECT ? Result.SEEN : Result.IGNORED;
    }

    private Map<String, WovenMethod> libraryMethods(Map<String, LibraryMethod> hooked) {
        Map<String, WovenMethod> plan = new HashMap<>();
        hooked.forEach((declared, method) -> {
            int returns = Type.getReturnType(signatureOf(declared)).getSort();
            Result result = returns == Type.VOID
                    ? Result.IGNORED
                    : returns == Type.OBJECT || returns == Type.ARRAY ? Result.REPLACED : Result.SEEN;
            int site = sites.register(method.handler().get());
            plan.put(declared, new WovenMethod(site, true, result, method.replaced()));
        });
        return plan;
    }

    private static byte[] weave(byte[] classFile, Map<String, WovenMethod> plan) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
                        WovenMethod woven = plan.get(name + descriptor);
                        return woven == null ? visitor : new SiteWeaving(visitor, access, name, descriptor, woven);
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** Whether code of this loader can call {@link Hooks}; some containers delegate only packages they know. */
    private boolean seesHooks(ClassLoader loader) {
        Boolean known = seeing.get(loader);
        if (known == null) {
            known = loadsHooks(loader); // holding no lock: the loader may take its own
            if (Boolean.FALSE.equals(known)) {
                System.err.println("[sonde] nothing is observed in "
                        + loader.getClass().getName()
                        + ": it does not delegate dev.sonde.boot to the bootstrap loader");
            }
            seeing.put(loader, known);
        }
        return known;
    }

    private static boolean loadsHooks(ClassLoader loader) {
        try {
            return Class.forName(Hooks.class.getName(), false, loader) == Hooks.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String signatureOf(String nameAndDescriptor) {
        return nameAndDescriptor.substring(nameAndDescriptor.indexOf('('));
    }
}
