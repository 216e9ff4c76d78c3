package dev.sonde.agent.tooling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a constructor from behind its call of {@code super(…)} or {@code this(…)} to its end, normal or by exception.
 * Byte Buddy's advice cannot: it would have to catch around that call, where the object is no object yet. The scope lives
 * in a variable of its own behind the parameters; the constructor's other variables move up by one.
 */
final class ConstructorWeaving extends MethodVisitor {

    private static final String HOOKS = "dev/sonde/boot/Hooks";
    private static final String ENTER_DESCRIPTOR = "(ILjava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String EXIT_DESCRIPTOR =
            "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;";

    /** Stack of our own code at most: site, receiver, array twice, index, a long argument. */
    private static final int OWN_STACK = 7;

    private final String className;
    private final Type[] parameters;
    private final WovenMethod woven;
    private final int scope;
    private final Label guarded = new Label();
    private int unfinishedObjects;
    private boolean entered;

    ConstructorWeaving(MethodVisitor next, String className, MethodDescription constructor, WovenMethod woven) {
        super(OpenedClassReader.ASM_API, next);
        this.className = className;
        this.parameters = Type.getArgumentTypes(constructor.getDescriptor());
        this.woven = woven;
        this.scope = constructor.getStackSize();
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.NEW) {
            unfinishedObjects++;
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (opcode != Opcodes.INVOKESPECIAL || !name.equals("<init>")) {
            return;
        }
        if (unfinishedObjects > 0) {
            unfinishedObjects--; // the constructor of a new object, not of this one
        } else if (entered) {
            throw new IllegalStateException("a constructor calls super or this twice");
        } else {
            entered = true;
            enter();
            super.visitLabel(guarded);
            super.visitInsn(Opcodes.NOP); // the JVM accepts no empty stretch
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.RETURN && entered) {
            exit(Opcodes.ACONST_NULL, -1);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = new Label();
        super.visitLabel(handler);
        super.visitTryCatchBlock(guarded, handler, handler, null);
        Object[] locals = new Object[scope + 1];
        Arrays.fill(locals, Opcodes.TOP);
        locals[0] = className;
        locals[scope] = "java/lang/Object";
        super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        int error = maxLocals + 1;
        super.visitVarInsn(Opcodes.ASTORE, error);
        exit(Opcodes.ALOAD, error);
        super.visitVarInsn(Opcodes.ALOAD, error);
        super.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(Math.max(maxStack + 4, OWN_STACK), maxLocals + 2);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        super.visitVarInsn(opcode, moved(variable));
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        super.visitIincInsn(moved(variable), increment);
    }

    @Override
    public void visitLocalVariable(
            String name, String descriptor, @Nullable String signature, Label start, Label end, int index) {
        super.visitLocalVariable(name, descriptor, signature, start, end, moved(index));
    }

    @Override
    public net.bytebuddy.jar.asm.@Nullable AnnotationVisitor visitLocalVariableAnnotation(
            int typeRef,
            @Nullable TypePath path,
            Label[] start,
            Label[] end,
            int[] index,
            String descriptor,
            boolean visible) {
        int[] moved = Arrays.stream(index).map(this::moved).toArray();
        return super.visitLocalVariableAnnotation(typeRef, path, start, end, moved, descriptor, visible);
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
        List<Object> grown = new ArrayList<>(localCount + 1);
        boolean initialized = localCount > 0 && locals[0] != Opcodes.UNINITIALIZED_THIS;
        Object scopeType = initialized ? "java/lang/Object" : Opcodes.TOP;
        int slot = 0;
        for (int i = 0; i < localCount; i++) {
            if (slot == scope) {
                grown.add(scopeType);
            }
            grown.add(locals[i]);
            slot += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
        }
        if (slot <= scope) {
            while (slot++ < scope) {
                grown.add(Opcodes.TOP);
            }
            grown.add(scopeType);
        }
        super.visitFrame(type, grown.size(), grown.toArray(), stackCount, stack);
    }

    private int moved(int variable) {
        return variable < scope ? variable : variable + 1;
    }

    private void enter() {
        super.visitLdcInsn(woven.site());
        super.visitInsn(Opcodes.ACONST_NULL);
        if (woven.arguments()) {
            arguments();
        } else {
            super.visitInsn(Opcodes.ACONST_NULL);
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "enter", ENTER_DESCRIPTOR, false);
        super.visitVarInsn(Opcodes.ASTORE, scope);
    }

    private void arguments() {
        super.visitLdcInsn(parameters.length);
        super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        int slot = 1;
        for (int i = 0; i < parameters.length; i++) {
            Type parameter = parameters[i];
            super.visitInsn(Opcodes.DUP);
            super.visitLdcInsn(i);
            super.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
            box(parameter);
            super.visitInsn(Opcodes.AASTORE);
            slot += parameter.getSize();
        }
    }

    private void box(Type type) {
        String owner = switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.BYTE -> "java/lang/Byte";
            case Type.CHAR -> "java/lang/Character";
            case Type.DOUBLE -> "java/lang/Double";
            case Type.FLOAT -> "java/lang/Float";
            case Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.SHORT -> "java/lang/Short";
            default -> "";
        };
        if (!owner.isEmpty()) {
            String descriptor = "(" + type.getDescriptor() + ")L" + owner + ";";
            super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "valueOf", descriptor, false);
        }
    }

    /** Calls the exit hook with the exception that {@code load} puts on the stack, and clears the scope before. */
    private void exit(int load, int variable) {
        super.visitLdcInsn(woven.site());
        super.visitVarInsn(Opcodes.ALOAD, scope);
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, scope);
        super.visitInsn(Opcodes.ACONST_NULL);
        if (load == Opcodes.ALOAD) {
            super.visitVarInsn(load, variable);
        } else {
            super.visitInsn(load);
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "exit", EXIT_DESCRIPTOR, false);
        super.visitInsn(Opcodes.POP);
    }
}
