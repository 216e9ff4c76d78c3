package dev.sonde.agent.tooling;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Keeps methods out of stack traces, as the JDK does with its own machinery. The JVM heeds the annotation in classes of
 * the bootstrap loader only; no compiler lets it be written in source.
 */
public final class HiddenFrames {

    private static final String HIDDEN = "Ljdk/internal/vm/annotation/Hidden;";

    private HiddenFrames() {}

    /** The class file with every method hidden except constructors. */
    public static byte[] in(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        if (name.equals("<init>")) {
                            return method;
                        }
                        method.visitAnnotation(HIDDEN, true).visitEnd();
                        // a bare writer would be handed the method as it was read, without what is added
                        return new MethodVisitor(Opcodes.ASM9, method) {};
                    }
                },
                0);
        return writer.toByteArray();
    }
}
