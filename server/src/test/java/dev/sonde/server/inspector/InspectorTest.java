package dev.sonde.server.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectorTest {

    private final Inspector inspector = new Inspector();

    @Test
    void latest_isNewestFirst_andOfOneProject() {
        inspector.add("p", true, inspection(1, List.of()));
        inspector.add("p", false, inspection(2, List.of()));
        inspector.add("p", true, inspection(3, List.of()));
        inspector.add("other", true, inspection(4, List.of()));

        assertThat(inspector.latest("p", 10, false)).extracting(Inspection::id).containsExactly("3", "2", "1");
        assertThat(inspector.latest("p", 2, false)).extracting(Inspection::id).containsExactly("3", "2");
        assertThat(inspector.latest("nobody", 10, false)).isEmpty();
    }

    @Test
    void latest_ofProblems_leavesTheGoodOut() {
        inspector.add("p", true, inspection(1, List.of(Rejection.of("e", 400, "no"))));
        inspector.add("p", true, inspection(2, List.of()));

        assertThat(inspector.latest("p", 10, true)).extracting(Inspection::id).containsExactly("1");
    }

    @Test
    void add_ofTooMany_dropsTheOldest() {
        for (int i = 0; i < 5_000; i++) {
            inspector.add("p", true, inspection(i, List.of()));
        }

        assertThat(inspector.latest("p", 10_000, false))
                .hasSize(2_000)
                .first()
                .extracting(Inspection::id)
                .isEqualTo("4999");
    }

    @Test
    void add_ofLargeRefusals_staysBelowAMegabyte() {
        Rejection large = Rejection.of("e".repeat(10_000), 400, "r".repeat(10_000));
        for (int i = 0; i < 2_000; i++) {
            inspector.add("p", true, inspection(i, Collections.nCopies(50, large)));
        }

        List<Inspection> kept = inspector.latest("p", 10_000, false);
        assertThat(kept).isNotEmpty();
        assertThat(kept.stream().mapToInt(Inspection::weight).sum()).isLessThanOrEqualTo(1 << 20);
        assertThat(kept.get(0).rejections()).hasSize(20);
        assertThat(kept.get(0).rejected()).isEqualTo(50);
    }

    private static Inspection inspection(int id, List<Rejection> rejections) {
        return new Inspection(
                Integer.toString(id),
                Instant.ofEpochSecond(id),
                "/route",
                "pk",
                "client",
                1,
                1,
                200,
                1,
                rejections.size(),
                rejections);
    }
}
