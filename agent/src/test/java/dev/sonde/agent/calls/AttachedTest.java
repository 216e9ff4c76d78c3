package dev.sonde.agent.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AttachedTest {
    private final Attached<String> attached = new Attached<>();

    @Test
    void get_findsByIdentity() {
        String owner = new String("same");

        attached.put(owner, "its");

        assertThat(attached.get(owner)).isEqualTo("its");
        assertThat(attached.get(new String("same"))).isNull();
        assertThat(attached.get(null)).isNull();
    }

    @Test
    void put_again_replaces() {
        Object owner = new Object();

        attached.put(owner, "first");
        attached.put(owner, "second");

        assertThat(attached.get(owner)).isEqualTo("second");
        assertThat(attached.size()).isEqualTo(1);
    }

    @Test
    void remove_takesTheValue() {
        Object owner = new Object();
        attached.put(owner, "its");

        assertThat(attached.remove(owner)).isEqualTo("its");
        assertThat(attached.get(owner)).isNull();
    }

    @Test
    void ownersThatAreGone_areForgotten() {
        attached.put(new Object(), "of nobody");
        Object kept = new Object();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            attached.put(kept, "its");
            return attached.size() == 1;
        });

        assertThat(attached.get(kept)).isEqualTo("its");
    }
}
