package dev.sonde.server.prompts;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.storage.PromptStore;
import dev.sonde.server.storage.TestEvents;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptLinksTest {

    private final List<String> asked = new ArrayList<>();
    private Optional<String> stored = Optional.of("id-1");
    private Instant now = NOON;

    /** A store that knows ids and nothing else. */
    private final PromptStore store = (PromptStore) Proxy.newProxyInstance(
            PromptStore.class.getClassLoader(), new Class<?>[] {PromptStore.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("findId")) {
                    throw new AssertionError(method);
                }
                asked.add(arguments[1] + " " + arguments[2]);
                return stored;
            });

    private final PromptLinks links = new PromptLinks(store, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static Observation from(PromptLink prompt) {
        Observation o = TestEvents.fullObservation();
        return new Observation(
                o.projectId(),
                o.id(),
                o.traceId(),
                o.parentId(),
                o.type(),
                o.name(),
                o.startTime(),
                o.endTime(),
                o.completionStartTime(),
                o.level(),
                o.statusMessage(),
                o.version(),
                o.environment(),
                o.model(),
                prompt,
                o.context(),
                o.payload(),
                o.createdAt(),
                o.updatedAt());
    }

    @Test
    void stored_getsItsIdAndKeepsTheRest() {
        assertThat(links.link(from(new PromptLink(null, "a", 2)))).isEqualTo(from(new PromptLink("id-1", "a", 2)));
    }

    @Test
    void answers_holdForASecond() {
        stored = Optional.empty();
        PromptLink link = new PromptLink(null, "a", 2);
        assertThat(links.link(from(link)).prompt()).isEqualTo(link);
        stored = Optional.of("id-2");
        now = NOON.plusMillis(999);
        assertThat(links.link(from(link)).prompt()).isEqualTo(link);

        now = NOON.plusMillis(1_000);

        assertThat(links.link(from(link)).prompt()).isEqualTo(new PromptLink("id-2", "a", 2));
        assertThat(asked).containsExactly("a 2", "a 2");
    }

    @Test
    void withoutPrompt_orLinkedAlready_asksNothing() {
        Observation none = from(null);
        Observation linked = from(new PromptLink("id-0", "a", 1));

        assertThat(links.link(none)).isSameAs(none);
        assertThat(links.link(linked)).isSameAs(linked);
        assertThat(asked).isEmpty();
    }

    @Test
    void manyNames_areNotHeldForever() {
        for (int i = 0; i <= 1_000; i++) {
            links.link(from(new PromptLink(null, "p" + i, 1)));
        }
        asked.clear();

        links.link(from(new PromptLink(null, "p0", 1)));
        links.link(from(new PromptLink(null, "p999", 1)));

        assertThat(asked).containsExactly("p0 1");
    }
}
