package dev.sonde.agent;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The types a class file leads to that may carry {@code @Observe} for it: its superclass, its interfaces, and the
 * annotations of the class and its methods. Reads nothing else, because it looks at every class of the application.
 */
final class ClassOutline {

    private static final byte[] ANNOTATIONS = "RuntimeVisibleAnnotations".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[] bytes;
    private final int[] constants;
    private final Set<String> related = new HashSet<>();
    private int at;

    private ClassOutline(byte[] bytes, int[] constants) {
        this.bytes = bytes;
        this.constants = constants;
    }

    /** Internal names; empty for bytes that are not a class file or of a form not known yet. */
    static Set<String> related(byte[] classFile) {
        int[] constants = ConstantPool.offsets(classFile);
        if (constants.length == 0) {
            return Set.of();
        }
        ClassOutline outline = new ClassOutline(classFile, constants);
        outline.read();
        return outline.related;
    }

    /** Internal names of the superclass and the interfaces; empty for bytes that are not a class file. */
    static Set<String> parents(byte[] classFile) {
        int[] constants = ConstantPool.offsets(classFile);
        if (constants.length == 0) {
            return Set.of();
        }
        ClassOutline outline = new ClassOutline(classFile, constants);
        outline.readParents();
        return outline.related;
    }

    private void readParents() {
        at = constants[0] + 4; // behind access flags and this class
        addClass(u2());
        for (int count = u2(); count > 0; count--) {
            addClass(u2());
        }
    }

    private void read() {
        readParents();
        for (int count = u2(); count > 0; count--) {
            at += 6;
            attributes(false);
        }
        for (int count = u2(); count > 0; count--) {
            at += 6;
            attributes(true);
        }
        attributes(true);
    }

    private void attributes(boolean wanted) {
        for (int count = u2(); count > 0; count--) {
            boolean annotations = isText(u2(), ANNOTATIONS) && wanted;
            int length = u4();
            int end = at + length;
            if (annotations) {
                for (int number = u2(); number > 0; number--) {
                    annotation();
                }
            }
            at = end;
        }
    }

    private void annotation() {
        String descriptor = text(u2());
        if (descriptor.length() > 2) {
            related.add(descriptor.substring(1, descriptor.length() - 1));
        }
        for (int pairs = u2(); pairs > 0; pairs--) {
            at += 2;
            elementValue();
        }
    }

    /** Skips a value, by JVMS 4.7.16.1. */
    private void elementValue() {
        int tag = bytes[at++];
        if (tag == 'e') {
            at += 4;
        } else if (tag == '@') {
            at += 2;
            for (int pairs = u2(); pairs > 0; pairs--) {
                at += 2;
                elementValue();
            }
        } else if (tag == '[') {
            for (int values = u2(); values > 0; values--) {
                elementValue();
            }
        } else {
            at += 2;
        }
    }

    private void addClass(int index) {
        if (index != 0) {
            related.add(text(ConstantPool.u2(bytes, constants[index] + 1)));
        }
    }

    private boolean isText(int index, byte[] text) {
        int offset = constants[index];
        int length = ConstantPool.u2(bytes, offset + 1);
        return length == text.length
                && java.util.Arrays.equals(bytes, offset + 3, offset + 3 + length, text, 0, length);
    }

    private String text(int index) {
        int offset = constants[index];
        return new String(bytes, offset + 3, ConstantPool.u2(bytes, offset + 1), StandardCharsets.UTF_8);
    }

    private int u2() {
        at += 2;
        return ConstantPool.u2(bytes, at - 2);
    }

    private int u4() {
        at += 4;
        return ConstantPool.u4(bytes, at - 4);
    }
}
