package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Hello;
import com.example.shop.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConstantPoolTest {

    private static final byte[] OBSERVE = text("Ldev/sonde/annotations/Observe;");

    @Test
    void contains_annotatedClass() throws IOException {
        assertThat(contains(bytes(Shop.class), OBSERVE)).isTrue();
    }

    @Test
    void contains_notForOtherClasses() throws IOException {
        assertThat(contains(bytes(Hello.class), OBSERVE)).isFalse();
        assertThat(contains(bytes(String.class), OBSERVE)).isFalse();
    }

    @Test
    void contains_findsEveryConstantToTheLast() throws IOException {
        byte[] shop = bytes(Shop.class);

        assertThat(contains(shop, text("com/example/shop/Shop"))).isTrue();
        assertThat(contains(shop, text("SourceFile"))).isTrue();
        assertThat(contains(shop, text("factorial"))).isTrue();
        assertThat(contains(shop, text("factoria"))).isFalse();
    }

    @Test
    void contains_cutOrForeignBytes_areNoClass() throws IOException {
        byte[] shop = bytes(Shop.class);

        for (int length = 0; length < 400; length++) {
            assertThat(contains(Arrays.copyOf(shop, length), text("no such constant")))
                    .isFalse();
        }
        assertThat(contains(new byte[100], OBSERVE)).isFalse();
    }

    private static boolean contains(byte[] classFile, byte[] text) {
        return ConstantPool.contains(
                classFile,
                (bytes, start, length) ->
                        length == text.length && Arrays.equals(bytes, start, start + length, text, 0, length));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream(type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }
}
