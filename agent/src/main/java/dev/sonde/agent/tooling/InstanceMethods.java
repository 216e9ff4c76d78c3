package dev.sonde.agent.tooling;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads which instance methods with code of their own a class file declares. */
final class InstanceMethods extends ClassVisitor {

    private static final int LEFT_OUT =
            Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    private final List<String> found = new ArrayList<>();

    private InstanceMethods() {
        super(Opcodes.ASM9);
    }

    /** Names with descriptors, without constructors, static, abstract, native, bridge and synthetic methods. */
    static List<String> of(byte[] classFile) {
        InstanceMethods methods = new InstanceMethods();
        new ClassReader(classFile)
                .accept(methods, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return methods.found;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if ((access & LEFT_OUT) == 0 && !name.equals("<init>")) {
            found.add(name + descriptor);
        }
        return null;
    }
}
