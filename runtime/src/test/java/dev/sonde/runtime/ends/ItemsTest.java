package dev.sonde.runtime.ends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ItemsTest {

    @Test
    void output_nothing_isNull() {
        assertThat(new Items(null).output()).isNull();
    }

    @Test
    void output_piecesOfText_areOneText() {
        assertThat(filled("a", new StringBuilder("b"), "").output()).isEqualTo("ab");
    }

    @Test
    void output_otherItems_areAList() {
        assertThat(filled(1, null, 2).output()).isEqualTo(java.util.Arrays.asList(1, null, 2));
    }

    @Test
    void output_textThenOthers_keepsBoth() {
        assertThat(filled("a", "b", 3, "c").output()).isEqualTo(List.of("ab", 3, "c"));
    }

    @Test
    void output_withAggregator_isWhatItMakesOfTheList() {
        Items items = new Items(all -> "made of " + all);
        items.add("a");
        items.add("b");

        assertThat(items.output()).isEqualTo("made of [a, b]");
    }

    @Test
    void output_tooMuch_isCut() {
        Items text = filled("x".repeat(Items.MAX_CHARS - 1), "yz", "z");
        Items list = new Items(null);
        for (int i = 0; i < Items.MAX_ITEMS + 5; i++) {
            list.add(i);
        }

        assertThat((String) text.output()).hasSize(Items.MAX_CHARS).endsWith("xy");
        assertThat((List<?>) list.output()).hasSize(Items.MAX_ITEMS);
    }

    private static Items filled(Object... all) {
        Items items = new Items(null);
        for (Object item : all) {
            items.add(item);
        }
        return items;
    }
}
