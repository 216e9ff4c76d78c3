package dev.sonde.agent.tooling;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * One change to a JDK method: a parameter, or the result, goes through a static method of {@code dev.sonde.boot} first, or
 * such a method is just called first.
 *
 * @param method the JDK method's name, {@code <init>} for constructors, or its name with its descriptor
 * @param parameterType descriptor of the parameter to change, the last such one; for {@link Kind#RESULT} the result's;
 *     for {@link Kind#NONE} of any parameter; not looked at where the receiver is handed over
 * @param owner internal name of the class of ours that is called
 * @param call name of its static method
 */
record HandOver(String method, String parameterType, String owner, String call, Kind kind) {

    /** What the static method takes besides the value. */
    enum Kind {
        /** Only the parameter. */
        PARAMETER,
        /** The receiver, as its class's type, then the parameter. */
        RECEIVER_AND_PARAMETER,
        /** Only the result. */
        RESULT,
        /** The receiver; it is called before the method's own code and answers nothing. */
        RECEIVER,
        /** The receiver; it is called before each return of the method, which must not throw, and answers nothing. */
        RECEIVER_AT_END,
        /** The receiver of calls of {@code Runnable.run} in the method, which it makes instead. */
        RUN,
        /** Nothing: it is called before the method's own code and answers nothing. */
        NONE
    }

    boolean matches(String name, String descriptor) {
        if (!method.equals(name) && !method.equals(name + descriptor)) {
            return false;
        }
        return switch (kind) {
            case RESULT -> Type.getReturnType(descriptor).getDescriptor().equals(parameterType);
            case RECEIVER, RECEIVER_AT_END, RUN -> true;
            default -> slot(descriptor, true) >= 0;
        };
    }

    MethodVisitor around(MethodVisitor next, int access, String className, String descriptor) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                switch (kind) {
                    case NONE -> super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, call, "()V", false);
                    case RECEIVER -> receiver();
                    case PARAMETER, RECEIVER_AND_PARAMETER -> parameter();
                    default -> {
                        // further down
                    }
                }
            }

            private void receiver() {
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, call, "(L" + className + ";)V", false);
            }

            private void parameter() {
                int slot = slot(descriptor, (access & Opcodes.ACC_STATIC) != 0);
                String receiver = "";
                if (kind == Kind.RECEIVER_AND_PARAMETER) {
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    receiver = "L" + className + ";";
                }
                super.visitVarInsn(Opcodes.ALOAD, slot);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, owner, call, "(" + receiver + parameterType + ")" + parameterType, false);
                super.visitVarInsn(Opcodes.ASTORE, slot);
            }

            @Override
            public void visitInsn(int opcode) {
                if (kind == Kind.RESULT && opcode == Opcodes.ARETURN) {
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC, owner, call, "(" + parameterType + ")" + parameterType, false);
                } else if (kind == Kind.RECEIVER_AT_END && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                    receiver();
                }
                super.visitInsn(opcode);
            }

            @Override
            public void visitMethodInsn(int opcode, String target, String name, String called, boolean isInterface) {
                boolean runs = kind == Kind.RUN && name.equals("run") && called.equals("()V");
                if (runs && (opcode == Opcodes.INVOKEINTERFACE || opcode == Opcodes.INVOKEVIRTUAL)) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, call, "(Ljava/lang/Runnable;)V", false);
                } else {
                    super.visitMethodInsn(opcode, target, name, called, isInterface);
                }
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                super.visitMaxs(maxStack + 2, maxLocals);
            }
        };
    }

    /** Local variable slot of the parameter, or -1. */
    private int slot(String descriptor, boolean isStatic) {
        int slot = isStatic ? 0 : 1;
        int found = -1;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            if (type.getDescriptor().equals(parameterType)) {
                found = slot;
            }
            slot += type.getSize();
        }
        return found;
    }
}
