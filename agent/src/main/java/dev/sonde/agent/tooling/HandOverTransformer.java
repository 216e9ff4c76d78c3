package dev.sonde.agent.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Writes {@link HandOver}s into classes of the bootstrap loader. Adds no member and no branch, so frames stay valid. */
final class HandOverTransformer implements ClassFileTransformer {

    private final Map<String, List<HandOver>> byClass;

    HandOverTransformer(Map<String, List<HandOver>> byClass) {
        this.byClass = byClass;
    }

    @Override
    @SuppressWarnings("IllegalCatch") // inside class loading: nothing of ours may reach it
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        List<HandOver> handOvers = loader == null && name != null ? byClass.get(name) : null;
        if (name == null || handOvers == null) {
            return null;
        }
        try {
            return rewrite(name, classFile, handOvers);
        } catch (Throwable e) {
            System.err.println("[sonde] " + name + " does not carry observations to other threads: " + e);
            return null;
        }
    }

    private static byte[] rewrite(String className, byte[] classFile, List<HandOver> handOvers) {
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
                        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
                            for (HandOver handOver : handOvers) {
                                if (handOver.matches(name, descriptor)) {
                                    visitor = handOver.around(visitor, access, className, descriptor);
                                }
                            }
                        }
                        return visitor;
                    }
                },
                0);
        return writer.toByteArray();
    }
}
