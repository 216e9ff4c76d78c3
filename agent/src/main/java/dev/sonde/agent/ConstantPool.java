package dev.sonde.agent;

import java.util.Arrays;

/** Reads just enough of a class file to say whether its constant pool holds a given text. */
final class ConstantPool {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int FIRST_ENTRY = 10;

    private ConstantPool() {}

    /**
     * Whether one UTF-8 constant of the class file equals {@code text}, which must be ASCII. False for bytes that are
     * not a class file or of a form not known yet.
     */
    static boolean contains(byte[] classFile, byte[] text) {
        if (classFile.length < FIRST_ENTRY || u4(classFile, 0) != MAGIC) {
            return false;
        }
        int count = u2(classFile, 8);
        int at = FIRST_ENTRY;
        for (int i = 1; i < count && at + 3 <= classFile.length; i++) {
            int tag = classFile[at];
            if (tag == 1) {
                int length = u2(classFile, at + 1);
                int end = at + 3 + length;
                if (length == text.length
                        && end <= classFile.length
                        && Arrays.equals(classFile, at + 3, end, text, 0, length)) {
                    return true;
                }
                at = end;
            } else {
                int size = size(tag);
                if (size == 0) {
                    return false;
                }
                if (tag == 5 || tag == 6) {
                    i++; // long and double take two entries
                }
                at += size;
            }
        }
        return false;
    }

    /** Bytes of a constant with its tag, by JVMS 4.4; 0 for an unknown tag. */
    private static int size(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            default -> 0;
        };
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    private static int u4(byte[] bytes, int at) {
        return u2(bytes, at) << 16 | u2(bytes, at + 2);
    }
}
