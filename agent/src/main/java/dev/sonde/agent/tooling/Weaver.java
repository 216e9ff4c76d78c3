package dev.sonde.agent.tooling;

import dev.sonde.agent.tooling.WovenMethod.Result;
import dev.sonde.runtime.ObserveSite;
import dev.sonde.runtime.ObservedMethod;
import dev.sonde.runtime.Tracer;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes it is given: methods that carry {@code @Observe} and library methods that an instrumentation names.
 * Adds no member, so that other agents may weave the same class. Called by many threads at once, inside class loading.
 */
public final class Weaver implements ClassFileTransformer {

    private final Tracer tracer;
    private final Sites sites;
    private final ByteBuddy byteBuddy;
    private final Map<String, List<LibraryMethod>> libraryMethods = new HashMap<>();

    public Weaver(Tracer tracer, List<LibraryInstrumentation> libraries, Sites sites) {
        this.tracer = tracer;
        this.sites = sites;
        this.byteBuddy = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .with(Implementation.Context.Disabled.Factory.INSTANCE);
        for (LibraryInstrumentation library : libraries) {
            for (LibraryMethod method : library.methods()) {
                libraryMethods.merge(method.className(), List.of(method), Weaver::joined);
            }
        }
    }

    @Override
    @SuppressWarnings("IllegalCatch") // inside the application's class loading: the class stays as it was
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        String className = name.replace('/', '.');
        try {
            List<LibraryMethod> methods = libraryMethods.get(className);
            Map<String, WovenMethod> plan =
                    methods == null ? observedMethods(classFile) : methodsOf(methods, classFile);
            return plan.isEmpty() ? null : weave(loader, className, classFile, plan);
        } catch (Throwable e) {
            System.err.println("[sonde] " + className + " stays as it was, it could not be woven: " + e);
            return null;
        }
    }

    private Map<String, WovenMethod> observedMethods(byte[] classFile) {
        Map<String, WovenMethod> plan = new HashMap<>();
        for (Map.Entry<String, ObservedMethod> observed :
                ObservedMethods.of(classFile).entrySet()) {
            ObserveSite site = new ObserveSite(tracer, observed.getValue());
            int returns = Type.getReturnType(signatureOf(observed.getKey())).getSort();
            boolean mayBeFuture = returns == Type.OBJECT;
            plan.put(
                    observed.getKey(),
                    new WovenMethod(
                            sites.register(site),
                            site.capturesInput(),
                            site.capturesOutput() || mayBeFuture ? Result.SEEN : Result.IGNORED));
        }
        return plan;
    }

    private Map<String, WovenMethod> methodsOf(List<LibraryMethod> methods, byte[] classFile) {
        Map<String, WovenMethod> plan = new HashMap<>();
        for (String declared : InstanceMethods.of(classFile)) {
            for (LibraryMethod method : methods) {
                if (method.matches(declared)) {
                    int returns = Type.getReturnType(signatureOf(declared)).getSort();
                    Result result = returns == Type.VOID
                            ? Result.IGNORED
                            : returns == Type.OBJECT || returns == Type.ARRAY ? Result.REPLACED : Result.SEEN;
                    plan.put(
                            declared,
                            new WovenMethod(sites.register(method.handler().get()), true, result));
                }
            }
        }
        return plan;
    }

    private byte[] weave(
            @Nullable ClassLoader loader, String className, byte[] classFile, Map<String, WovenMethod> plan) {
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(className, classFile), ClassFileLocator.ForClassLoader.of(loader));
        TypePool types = TypePool.Default.of(locator);
        TypeDescription type = types.describe(className).resolve();
        AsmVisitorWrapper.ForDeclaredMethods visitors = new AsmVisitorWrapper.ForDeclaredMethods()
                .invokable(ElementMatchers.any(), (instrumented, method, visitor, context, pool, writer, reader) -> {
                    WovenMethod woven = plan.get(method.getInternalName() + method.getDescriptor());
                    if (woven == null) {
                        return visitor;
                    }
                    return method.isConstructor()
                            ? new ConstructorWeaving(visitor, instrumented.getInternalName(), method, woven)
                            : woven.advice().wrap(instrumented, method, visitor, context, pool, writer, reader);
                })
                .readerFlags(ClassReader.EXPAND_FRAMES);
        return byteBuddy.decorate(type, locator).visit(visitors).make(types).getBytes();
    }

    private static String signatureOf(String nameAndDescriptor) {
        return nameAndDescriptor.substring(nameAndDescriptor.indexOf('('));
    }

    private static List<LibraryMethod> joined(List<LibraryMethod> some, List<LibraryMethod> more) {
        List<LibraryMethod> all = new java.util.ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
