package dev.sonde.agent.tooling;

import dev.sonde.runtime.ObservedMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the methods that carry {@code @Observe} from a class file, without loading the annotation: it may be absent at
 * run time. Bridge and synthetic methods repeat their target's annotations and are left out.
 */
final class ObservedMethods extends ClassVisitor {

    private static final String OBSERVE = "Ldev/sonde/annotations/Observe;";
    private static final int NOT_OBSERVED =
            Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    private final Map<String, ObservedMethod> found = new HashMap<>();
    private String className = "";

    private ObservedMethods() {
        super(Opcodes.ASM9);
    }

    /** The observed methods by name and descriptor, as in {@code ask(Ljava/lang/String;)V}. */
    static Map<String, ObservedMethod> of(byte[] classFile) {
        ObservedMethods methods = new ObservedMethods();
        new ClassReader(classFile).accept(methods, ClassReader.SKIP_FRAMES);
        return methods.found;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        className = name.replace('/', '.');
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return (access & NOT_OBSERVED) != 0 || name.equals("<clinit>")
                ? null
                : new Reading(name, descriptor, (access & Opcodes.ACC_STATIC) != 0);
    }

    /** Reads one method. */
    private final class Reading extends MethodVisitor {
        private final String name;
        private final String descriptor;
        private final Type[] parameters;
        private final @Nullable String[] bySlot;
        private final List<@Nullable String> declared = new ArrayList<>();
        private final int firstSlot;
        private @Nullable Map<String, String> annotation;

        Reading(String name, String descriptor, boolean isStatic) {
            super(Opcodes.ASM9);
            this.name = name;
            this.descriptor = descriptor;
            this.parameters = Type.getArgumentTypes(descriptor);
            this.firstSlot = isStatic ? 0 : 1;
            int slots = firstSlot;
            for (Type parameter : parameters) {
                slots += parameter.getSize();
            }
            this.bySlot = new String[slots];
        }

        @Override
        public void visitParameter(@Nullable String parameter, int access) {
            declared.add(parameter);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
            if (!type.equals(OBSERVE)) {
                return null;
            }
            Map<String, String> values = new HashMap<>();
            annotation = values;
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String attribute, Object value) {
                    values.put(attribute, value.toString());
                }

                @Override
                public void visitEnum(String attribute, String enumType, String constant) {
                    values.put(attribute, constant);
                }
            };
        }

        @Override
        public void visitLocalVariable(
                String variable, String type, @Nullable String signature, Label start, Label end, int slot) {
            if (slot < bySlot.length && bySlot[slot] == null) {
                bySlot[slot] = variable;
            }
        }

        @Override
        public void visitEnd() {
            Map<String, String> values = annotation;
            if (values == null) {
                return;
            }
            found.put(
                    name + descriptor,
                    new ObservedMethod(
                            className,
                            name,
                            values.getOrDefault("name", ""),
                            values.getOrDefault("type", "SPAN"),
                            values.getOrDefault("captureInput", "DEFAULT"),
                            values.getOrDefault("captureOutput", "DEFAULT"),
                            Arrays.asList(parameterNames()),
                            Type.getReturnType(descriptor).getSort() != Type.VOID));
        }

        /** From MethodParameters, else the local variable table, else by position. */
        private String[] parameterNames() {
            String[] names = new String[parameters.length];
            int slot = firstSlot;
            for (int i = 0; i < names.length; i++) {
                String name = declared.size() == names.length ? declared.get(i) : null;
                name = name == null ? bySlot[slot] : name;
                names[i] = name == null ? "arg" + i : name;
                slot += parameters[i].getSize();
            }
            return names;
        }
    }
}
