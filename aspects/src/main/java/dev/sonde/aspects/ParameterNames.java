package dev.sonde.aspects;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of parameters from the debug information of a class file, where reflection knows none because the class
 * was compiled without {@code -parameters}.
 */
final class ParameterNames {

    private static final int MAGIC = 0xCAFEBABE;

    private final DataInputStream in;
    private final Map<Integer, String> texts = new HashMap<>();

    private ParameterNames(DataInputStream in) {
        this.in = in;
    }

    /** Names in order; null where the class file is not to be had or has no debug information. */
    static @Nullable String @Nullable [] of(Executable code) {
        Class<?> owner = code.getDeclaringClass();
        String resource = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream file = owner.getResourceAsStream(resource)) {
            return file == null ? null : new ParameterNames(new DataInputStream(file)).read(code);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable String @Nullable [] read(Executable code) throws IOException {
        if (in.readInt() != MAGIC) {
            return null;
        }
        in.readInt();
        constants();
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(null);
        return members(code);
    }

    private void constants() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // long and double take two entries
                }
                default -> in.skipNBytes(4);
            }
        }
    }

    /** Reads fields or methods; answers the names of the wanted one. */
    private @Nullable String @Nullable [] members(@Nullable Executable wanted) throws IOException {
        @Nullable String[] found = null;
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipNBytes(2);
            String name = texts.get(in.readUnsignedShort());
            String descriptor = texts.get(in.readUnsignedShort());
            boolean isWanted = wanted != null
                    && nameOf(wanted).equals(name)
                    && descriptorOf(wanted).equals(descriptor);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                String attribute = texts.get(in.readUnsignedShort());
                int length = in.readInt();
                if (isWanted && wanted != null && "Code".equals(attribute)) {
                    found = code(wanted);
                } else {
                    in.skipNBytes(length);
                }
            }
        }
        return found;
    }

    private @Nullable String @Nullable [] code(Executable wanted) throws IOException {
        in.skipNBytes(4);
        in.skipNBytes(in.readInt());
        in.skipNBytes(8L * in.readUnsignedShort());
        @Nullable String[] names = null;
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            boolean variables = "LocalVariableTable".equals(texts.get(in.readUnsignedShort()));
            int length = in.readInt();
            if (variables) {
                names = variables(wanted);
            } else {
                in.skipNBytes(length);
            }
        }
        return names;
    }

    private @Nullable String[] variables(Executable wanted) throws IOException {
        Map<Integer, String> bySlot = new HashMap<>();
        for (int variables = in.readUnsignedShort(); variables > 0; variables--) {
            in.skipNBytes(4);
            String name = texts.getOrDefault(in.readUnsignedShort(), "");
            in.skipNBytes(2);
            bySlot.putIfAbsent(in.readUnsignedShort(), name);
        }
        Class<?>[] types = wanted.getParameterTypes();
        @Nullable String[] names = new String[types.length];
        int slot = Modifier.isStatic(wanted.getModifiers()) ? 0 : 1;
        for (int i = 0; i < types.length; i++) {
            names[i] = bySlot.get(slot);
            slot += types[i] == long.class || types[i] == double.class ? 2 : 1;
        }
        return names;
    }

    private static String nameOf(Executable code) {
        return code instanceof Method ? code.getName() : "<init>";
    }

    private static String descriptorOf(Executable code) {
        Class<?> returns = code instanceof Method method ? method.getReturnType() : void.class;
        return MethodType.methodType(returns, code.getParameterTypes()).toMethodDescriptorString();
    }
}
