package dev.sonde.agent.tooling;

import dev.sonde.boot.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * One method of a library, matched exactly: one that is neither abstract, native, bridge nor synthetic.
 * Its handler gets the receiver, all arguments and the result, and may answer another result of the method's return
 * type.
 *
 * @param className binary name of the declaring class, with {@code $} before nested ones
 * @param parameterTypes binary names in order, as {@link Class#getName()} writes them
 * @param replaced positions of the arguments, objects, of which the handler answers what the method sees instead
 * @param handler called once for each woven class, when that class is loaded; must not load classes of the library
 * @param inAllVersions whether a class without the method is of a version nobody has seen
 * @param otherwise what is woven in a version of the class that does not have this one; null for nothing
 */
public record LibraryMethod(
        String className,
        String methodName,
        List<String> parameterTypes,
        Supplier<SiteHandler> handler,
        List<Integer> replaced,
        boolean inAllVersions,
        @Nullable LibraryMethod otherwise) {

    /** A method whose arguments stay what they are. */
    public LibraryMethod(
            String className, String methodName, List<String> parameterTypes, Supplier<SiteHandler> handler) {
        this(className, methodName, parameterTypes, handler, List.of(), true, null);
    }

    /** A method whose handler answers what it sees as its last argument. */
    public static LibraryMethod replacingLast(
            String className, String methodName, List<String> parameterTypes, Supplier<SiteHandler> handler) {
        return replacing(className, methodName, parameterTypes, handler, parameterTypes.size() - 1);
    }

    /** A method whose handler answers what it sees as its arguments at these positions, asked for one by one. */
    public static LibraryMethod replacing(
            String className,
            String methodName,
            List<String> parameterTypes,
            Supplier<SiteHandler> handler,
            Integer... positions) {
        return new LibraryMethod(className, methodName, parameterTypes, handler, List.of(positions), true, null);
    }

    /** The same, which some of the known versions of its class do not have. */
    public LibraryMethod ifThere() {
        return new LibraryMethod(className, methodName, parameterTypes, handler, replaced, false, otherwise);
    }

    /** The same, and another method of the same class in its place in versions that do not have it. */
    public LibraryMethod or(LibraryMethod other) {
        return new LibraryMethod(className, methodName, parameterTypes, handler, replaced, inAllVersions, other);
    }

    public LibraryMethod {
        parameterTypes = List.copyOf(parameterTypes);
        replaced = List.copyOf(replaced);
    }

    /** Which of this and what is {@link #otherwise} the class declares; null when it has none of them. */
    @Nullable
    LibraryMethod in(List<String> declared) {
        if (declared.stream().anyMatch(this::matches)) {
            return this;
        }
        return otherwise == null ? null : otherwise.in(declared);
    }

    /** Whether this names the method with this name and descriptor. */
    boolean matches(String nameAndDescriptor) {
        return matches(nameAndDescriptor, methodName, parameterTypes);
    }

    /** Whether name and descriptor, in one text, are of a method with this name and these parameters. */
    static boolean matches(String nameAndDescriptor, String methodName, List<String> parameterTypes) {
        int signature = nameAndDescriptor.indexOf('(');
        if (!nameAndDescriptor.substring(0, signature).equals(methodName)) {
            return false;
        }
        List<String> types = new ArrayList<>();
        for (Type type : Type.getArgumentTypes(nameAndDescriptor.substring(signature))) {
            types.add(type.getSort() == Type.ARRAY ? type.getDescriptor().replace('/', '.') : type.getClassName());
        }
        return types.equals(parameterTypes);
    }
}
