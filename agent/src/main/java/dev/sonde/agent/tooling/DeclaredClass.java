package dev.sonde.agent.tooling;

import dev.sonde.runtime.ObservedMethod.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

/** What a class file declares, as far as annotations are concerned. Read without loading anything. */
final class DeclaredClass extends ClassVisitor {

    /** Where the annotations of ours are, as in a descriptor. */
    static final String ANNOTATIONS = "Ldev/sonde/annotations/";

    private final List<Method> methods = new ArrayList<>();
    private final Map<String, Map<String, Object>> annotations = new LinkedHashMap<>();
    private String name = "";
    private int access;
    private final List<String> parents = new ArrayList<>();

    private DeclaredClass() {
        super(Opcodes.ASM9);
    }

    static DeclaredClass read(byte[] classFile) {
        DeclaredClass read = new DeclaredClass();
        new ClassReader(classFile).accept(read, ClassReader.SKIP_FRAMES);
        return read;
    }

    /**
     * One method.
     *
     * @param annotations attributes by the annotation's descriptor
     */
    record Method(
            int access,
            String name,
            String descriptor,
            Map<String, Map<String, Object>> annotations,
            List<Parameter> parameters) {

        boolean is(int flags) {
            return (access & flags) != 0;
        }

        String signature() {
            return name + descriptor;
        }
    }

    /** Binary name. */
    String name() {
        return name.replace('/', '.');
    }

    boolean isAnnotation() {
        return (access & Opcodes.ACC_ANNOTATION) != 0;
    }

    /** Internal names of superclass and interfaces. */
    List<String> parents() {
        return parents;
    }

    List<Method> methods() {
        return methods;
    }

    /** Attributes by the annotation's descriptor. */
    Map<String, Map<String, Object>> annotations() {
        return annotations;
    }

    @Override
    public void visit(
            int version,
            int classAccess,
            String internalName,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        name = internalName;
        access = classAccess;
        if (superName != null) {
            parents.add(superName);
        }
        if (interfaces != null) {
            parents.addAll(List.of(interfaces));
        }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return attributes(annotations, descriptor);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int methodAccess,
            String methodName,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        return new Reading(methodAccess, methodName, descriptor);
    }

    private static AnnotationVisitor attributes(Map<String, Map<String, Object>> annotations, String descriptor) {
        Map<String, Object> values = new HashMap<>();
        annotations.put(descriptor, values);
        return new Attributes(values);
    }

    /** Collects attribute values in JDK types. */
    private static final class Attributes extends AnnotationVisitor {
        private final Map<String, Object> values;

        Attributes(Map<String, Object> values) {
            super(Opcodes.ASM9);
            this.values = values;
        }

        @Override
        public void visit(String attribute, Object value) {
            values.put(attribute, value instanceof Type type ? type.getClassName() : value);
        }

        @Override
        public void visitEnum(String attribute, String descriptor, String constant) {
            values.put(attribute, constant);
        }

        @Override
        public AnnotationVisitor visitArray(String attribute) {
            List<Object> elements = new ArrayList<>();
            values.put(attribute, elements);
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(@Nullable String none, Object value) {
                    elements.add(value instanceof Type type ? type.getClassName() : value);
                }

                @Override
                public void visitEnum(@Nullable String none, String descriptor, String constant) {
                    elements.add(constant);
                }
            };
        }
    }

    /** Reads one method. */
    private final class Reading extends MethodVisitor {
        private final int methodAccess;
        private final String methodName;
        private final String descriptor;
        private final Type[] types;
        private final @Nullable String[] bySlot;
        private final List<@Nullable String> declared = new ArrayList<>();
        private final Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        private final Map<Integer, Map<String, Map<String, Object>>> onParameters = new HashMap<>();
        private final int firstSlot;
        private int implicit;

        Reading(int methodAccess, String methodName, String descriptor) {
            super(Opcodes.ASM9);
            this.methodAccess = methodAccess;
            this.methodName = methodName;
            this.descriptor = descriptor;
            this.types = Type.getArgumentTypes(descriptor);
            this.firstSlot = (methodAccess & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
            int slots = firstSlot;
            for (Type type : types) {
                slots += type.getSize();
            }
            this.bySlot = new String[slots];
        }

        @Override
        public void visitParameter(@Nullable String parameter, int parameterAccess) {
            declared.add(parameter);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean visible) {
            return attributes(found, type);
        }

        @Override
        public void visitAnnotableParameterCount(int count, boolean visible) {
            implicit = types.length - count; // an inner class's constructor has one more than it declares
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
            if (!type.startsWith(ANNOTATIONS)) {
                return null;
            }
            String simple = type.substring(ANNOTATIONS.length(), type.length() - 1);
            return attributes(onParameters.computeIfAbsent(parameter + implicit, k -> new HashMap<>()), simple);
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
            methods.add(new Method(methodAccess, methodName, descriptor, found, parameters()));
        }

        /** Names from MethodParameters, else the local variable table, else by position. */
        private List<Parameter> parameters() {
            List<Parameter> parameters = new ArrayList<>();
            int slot = firstSlot;
            for (int i = 0; i < types.length; i++) {
                String parameter = declared.size() == types.length ? declared.get(i) : null;
                parameter = parameter == null ? bySlot[slot] : parameter;
                parameters.add(new Parameter(
                        parameter == null ? "arg" + i : parameter, onParameters.getOrDefault(i, Map.of())));
                slot += types[i].getSize();
            }
            return parameters;
        }
    }
}
