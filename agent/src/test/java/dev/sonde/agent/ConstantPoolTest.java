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
        assertThat(ConstantPool.contains(bytes(Shop.class), OBSERVE)).isTrue();
    }

    @Test
    void contains_notForOtherClasses() throws IOException {
        assertThat(ConstantPool.contains(bytes(Hello.class), OBSERVE)).isFalse();
        assertThat(ConstantPool.contains(bytes(String.class), OBSERVE)).isFalse();
    }

    @Test
    void contains_findsEveryConstantToTheLast() throws IOException {
        byte[] shop = bytes(Shop.class);

        assertThat(ConstantPool.contains(shop, text("com/example/shop/Shop"))).isTrue();
        assertThat(ConstantPool.contains(shop, text("SourceFile"))).isTrue();
        assertThat(ConstantPool.contains(shop, text("factorial"))).isTrue();
        assertThat(ConstantPool.contains(shop, text("factoria"))).isFalse();
    }

    @Test
    void contains_cutOrForeignBytes_areNoClass() throws IOException {
        byte[] shop = bytes(Shop.class);

        for (int length = 0; length < 400; length++) {
            assertThat(ConstantPool.contains(Arrays.copyOf(shop, length), text("no such constant")))
                    .isFalse();
        }
        assertThat(ConstantPool.contains(new byte[100], OBSERVE)).isFalse();
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
