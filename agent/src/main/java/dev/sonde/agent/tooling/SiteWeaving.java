package dev.sonde.agent.tooling;

import dev.sonde.agent.tooling.WovenMethod.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/**
 * Writes the calls of {@code Hooks} into one method: before its code, before each return, and where an exception leaves
 * it. A constructor is woven from behind its call of {@code super(…)} or {@code this(…)}: before, the object is no object
 * yet. The scope lives in a variable of its own behind the parameters; the method's other variables move up by one.
 * Frames must be expanded.
 */
final class SiteWeaving extends MethodVisitor {

    private static final String HOOKS = "dev/sonde/boot/Hooks";
    private static final String ENTER_DESCRIPTOR = "(ILjava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String EXIT_DESCRIPTOR =
            "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;";
    private static final String REPLACING_EXIT_DESCRIPTOR =
            "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;Ljava/lang/Class;)Ljava/lang/Object;";
    private static final String ARGUMENT_DESCRIPTOR = "(ILjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String OBJECT = "java/lang/Object";

    /** Stack for {@code enter} at most: site, receiver, array twice, index, a long argument. */
    private static final int ENTER_STACK = 7;

    /** Stack for {@code exit} at most, above the result: site, scope, the boxed result, error. */
    private static final int EXIT_STACK = 5;

    private final Type[] parameters;
    private final Type returns;
    private final WovenMethod woven;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final int scope;
    private final Label guarded = new Label();
    private int unfinishedObjects;
    private boolean entered;

    SiteWeaving(MethodVisitor next, int access, String name, String descriptor, WovenMethod woven) {
        super(Opcodes.ASM9, next);
        this.parameters = Type.getArgumentTypes(descriptor);
        this.returns = Type.getReturnType(descriptor);
        this.woven = woven;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.isConstructor = name.equals("<init>");
        int slots = isStatic ? 0 : 1;
        for (Type parameter : parameters) {
            slots += parameter.getSize();
        }
        this.scope = slots;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (!isConstructor) {
            enter();
        }
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
        if (!isConstructor || opcode != Opcodes.INVOKESPECIAL || !name.equals("<init>")) {
            return;
        }
        if (unfinishedObjects > 0) {
            unfinishedObjects--; // the constructor of a new object, not of this one
        } else if (entered) {
            throw new IllegalStateException("a constructor calls super or this twice");
        } else {
            enter();
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (entered && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            leave();
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (!entered) {
            throw new IllegalStateException("a constructor never calls super or this");
        }
        Label handler = new Label();
        super.visitLabel(handler);
        super.visitTryCatchBlock(guarded, handler, handler, null);
        Object[] locals = new Object[scope + 1];
        Arrays.fill(locals, Opcodes.TOP);
        locals[scope] = OBJECT;
        super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        int error = maxLocals + 1;
        super.visitVarInsn(Opcodes.ASTORE, error);
        push(woven.site());
        scope();
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ALOAD, error);
        exit();
        super.visitInsn(Opcodes.POP);
        super.visitVarInsn(Opcodes.ALOAD, error);
        super.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(Math.max(maxStack + EXIT_STACK, ENTER_STACK), maxLocals + 2);
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
    public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
            int typeRef,
            @Nullable TypePath path,
            Label[] start,
            Label[] end,
            int[] index,
            String descriptor,
            boolean visible) {
        int[] moved = new int[index.length];
        for (int i = 0; i < index.length; i++) {
            moved[i] = moved(index[i]);
        }
        return super.visitLocalVariableAnnotation(typeRef, path, start, end, moved, descriptor, visible);
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
        List<Object> grown = new ArrayList<>(localCount + 1);
        boolean unfinished = localCount > 0 && Opcodes.UNINITIALIZED_THIS.equals(locals[0]);
        Object scopeType = unfinished ? Opcodes.TOP : OBJECT;
        int slot = 0;
        for (int i = 0; i < localCount; i++) {
            if (slot == scope) {
                grown.add(scopeType);
            }
            grown.add(locals[i]);
            slot += Opcodes.LONG.equals(locals[i]) || Opcodes.DOUBLE.equals(locals[i]) ? 2 : 1;
        }
        if (slot <= scope) {
            for (; slot < scope; slot++) {
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
        entered = true;
        push(woven.site());
        if (isStatic || isConstructor) {
            super.visitInsn(Opcodes.ACONST_NULL);
        } else {
            super.visitVarInsn(Opcodes.ALOAD, 0);
        }
        if (woven.arguments()) {
            arguments();
        } else {
            super.visitInsn(Opcodes.ACONST_NULL);
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "enter", ENTER_DESCRIPTOR, false);
        super.visitVarInsn(Opcodes.ASTORE, scope);
        for (int position : woven.replaced()) {
            replace(position);
        }
        super.visitLabel(guarded);
    }

    private void replace(int position) {
        Type replaced = parameters[position];
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < position; i++) {
            slot += parameters[i].getSize();
        }
        push(woven.site());
        super.visitVarInsn(Opcodes.ALOAD, scope);
        super.visitVarInsn(Opcodes.ALOAD, slot);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "argument", ARGUMENT_DESCRIPTOR, false);
        super.visitTypeInsn(Opcodes.CHECKCAST, replaced.getInternalName());
        super.visitVarInsn(Opcodes.ASTORE, slot);
    }

    private void arguments() {
        push(parameters.length);
        super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < parameters.length; i++) {
            Type parameter = parameters[i];
            super.visitInsn(Opcodes.DUP);
            push(i);
            super.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
            box(parameter);
            super.visitInsn(Opcodes.AASTORE);
            slot += parameter.getSize();
        }
    }

    /** Calls {@code exit} with the result on the stack, which stays there or is replaced. */
    private void leave() {
        boolean seen = woven.result() != Result.IGNORED && returns.getSort() != Type.VOID;
        if (seen) {
            if (woven.result() == Result.SEEN) {
                super.visitInsn(returns.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
                box(returns);
            }
            push(woven.site());
            super.visitInsn(Opcodes.SWAP);
            scope();
            super.visitInsn(Opcodes.SWAP);
        } else {
            push(woven.site());
            scope();
            super.visitInsn(Opcodes.ACONST_NULL);
        }
        super.visitInsn(Opcodes.ACONST_NULL);
        if (seen && woven.result() == Result.REPLACED) {
            super.visitLdcInsn(returns);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "exit", REPLACING_EXIT_DESCRIPTOR, false);
            super.visitTypeInsn(Opcodes.CHECKCAST, returns.getInternalName());
        } else {
            exit();
            super.visitInsn(Opcodes.POP);
        }
    }

    /** Loads the scope and clears its variable, so that it is left once, whatever happens. */
    private void scope() {
        super.visitVarInsn(Opcodes.ALOAD, scope);
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, scope);
    }

    private void exit() {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "exit", EXIT_DESCRIPTOR, false);
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

    private void push(int number) {
        if (number <= 5) {
            super.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number <= Byte.MAX_VALUE) {
            super.visitIntInsn(Opcodes.BIPUSH, number);
        } else if (number <= Short.MAX_VALUE) {
            super.visitIntInsn(Opcodes.SIPUSH, number);
        } else {
            super.visitLdcInsn(number);
        }
    }
}
