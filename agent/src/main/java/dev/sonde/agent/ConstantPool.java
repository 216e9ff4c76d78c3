package dev.sonde.agent;

/** Reads the constant pool of a class file, and nothing behind it. */
final class ConstantPool {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int FIRST_ENTRY = 10;

    private ConstantPool() {}

    /** What a constant may be. */
    interface Match {
        /** Whether the text from {@code start}, {@code length} bytes of it, is one that is looked for. */
        boolean found(byte[] classFile, int start, int length);
    }

    /**
     * Whether one UTF-8 constant of the class file matches. False for bytes that are not a class file or of a form not
     * known yet.
     */
    static boolean contains(byte[] classFile, Match match) {
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
                if (end <= classFile.length && match.found(classFile, at + 3, length)) {
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

    /** Where each constant begins, by its number, and where the pool ends at 0; empty where {@link #contains} is false. */
    static int[] offsets(byte[] classFile) {
        if (classFile.length < FIRST_ENTRY || u4(classFile, 0) != MAGIC) {
            return new int[0];
        }
        int[] offsets = new int[u2(classFile, 8)];
        int at = FIRST_ENTRY;
        for (int i = 1; i < offsets.length; i++) {
            if (at + 3 > classFile.length) {
                return new int[0];
            }
            offsets[i] = at;
            int tag = classFile[at];
            int size = tag == 1 ? 3 + u2(classFile, at + 1) : size(tag);
            if (size == 0) {
                return new int[0];
            }
            if (tag == 5 || tag == 6) {
                i++;
            }
            at += size;
        }
        offsets[0] = at;
        return offsets;
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

    static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    static int u4(byte[] bytes, int at) {
        return u2(bytes, at) << 16 | u2(bytes, at + 2);
    }
}
