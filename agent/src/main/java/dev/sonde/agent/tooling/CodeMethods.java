package dev.sonde.agent.tooling;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads which methods a class file declares. */
final class CodeMethods extends ClassVisitor {

    private static final int LEFT_OUT =
            Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    private final List<String> found = new ArrayList<>();
    private final int leftOut;

    private CodeMethods(int leftOut) {
        super(Opcodes.ASM9);
        this.leftOut = leftOut;
    }

    /** Names with descriptors, without constructors, abstract, native, bridge and synthetic methods. */
    static List<String> of(byte[] classFile) {
        return read(classFile, LEFT_OUT);
    }

    /** The same with abstract, bridge and synthetic methods, and without static ones. */
    static List<String> withAbstract(byte[] classFile) {
        return read(classFile, Opcodes.ACC_STATIC);
    }

    /** Binary names of the superclass and the interfaces that a class file names. */
    static List<String> parents(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        List<String> parents = new ArrayList<>(List.of(reader.getInterfaces()));
        if (reader.getSuperName() != null) {
            parents.add(reader.getSuperName());
        }
        parents.replaceAll(name -> name.replace('/', '.'));
        return parents;
    }

    private static List<String> read(byte[] classFile, int leftOut) {
        CodeMethods methods = new CodeMethods(leftOut);
        new ClassReader(classFile)
                .accept(methods, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return methods.found;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if ((access & leftOut) == 0 && !name.equals("<init>")) {
            found.add(name + descriptor);
        }
        return null;
    }
}
