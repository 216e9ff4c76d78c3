package dev.sonde.agent.tooling;

import dev.sonde.boot.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.Type;

/**
 * One method of a library, matched exactly: one that is neither abstract, native, bridge nor synthetic.
 * Its handler gets the receiver, all arguments and the result, and may answer another result of the method's return
 * type.
 *
 * @param className binary name of the declaring class, with {@code $} before nested ones
 * @param parameterTypes binary names in order, as {@link Class#getName()} writes them
 * @param lastReplaced whether the handler answers what the method sees as its last argument, an object
 * @param handler called once for each woven class, when that class is loaded; must not load classes of the library
 */
public record LibraryMethod(
        String className,
        String methodName,
        List<String> parameterTypes,
        Supplier<SiteHandler> handler,
        boolean lastReplaced) {

    /** A method whose arguments stay what they are. */
    public LibraryMethod(
            String className, String methodName, List<String> parameterTypes, Supplier<SiteHandler> handler) {
        this(className, methodName, parameterTypes, handler, false);
    }

    /** A method whose handler answers what it sees as its last argument. */
    public static LibraryMethod replacingLast(
            String className, String methodName, List<String> parameterTypes, Supplier<SiteHandler> handler) {
        return new LibraryMethod(className, methodName, parameterTypes, handler, true);
    }

    public LibraryMethod {
        parameterTypes = List.copyOf(parameterTypes);
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
