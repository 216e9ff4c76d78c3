package dev.sonde.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BaggageTest {

    @Test
    void attributes_comeBackAsTheyWent() {
        Attributes sent = Attributes.NONE
                .with("user.id", "Ada, the 1st; 100%")
                .with("session.id", "s=1")
                .with("langfuse.trace.tags", List.of("a", "b c"))
                .with("langfuse.trace.metadata.tenant", "größe+1");
        String header = Baggage.with("other=1;p=2", sent);

        assertThat(header).startsWith("other=1;p=2,").doesNotContain(" ", "ö");
        Attributes read = Baggage.read(header);
        assertThat(read.values()).isEqualTo(sent.values());
        assertThat(read.isBaggage()).isTrue();
    }

    @Test
    void nothingToSay_addsNoHeader() {
        assertThat(Baggage.with(null, Attributes.NONE)).isNull();
        assertThat(Baggage.with("other=1", Attributes.NONE.with("langfuse.release", "r")))
                .isNull();
    }

    @Test
    void longValues_areLeftOut() {
        assertThat(Baggage.with(null, Attributes.NONE.with("user.id", "x".repeat(201))))
                .isNull();
        assertThat(Baggage.read("langfuse_user_id=" + "x".repeat(201)).values()).isEmpty();
        assertThat(Baggage.read("langfuse_user_id=a," + "x".repeat(9_000)).values())
                .isEmpty();
    }

    @Test
    void malformedMembers_areIgnored() {
        assertThat(Baggage.read("=,==,langfuse_user_id,langfuse_user_id=%zz,langfuse_session_id=ok,a=b,,;")
                        .values())
                .containsOnlyKeys("session.id");
        assertThat(Baggage.read(null).values()).isEmpty();
    }
}
