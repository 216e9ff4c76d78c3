package dev.sonde.server.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptResolverTest {

    private final List<Prompt> stored = new ArrayList<>();
    private final PromptResolver resolver = new PromptResolver(reference -> stored.stream()
            .filter(p -> p.name().equals(reference.name()))
            .filter(p -> reference.version() == null
                    ? p.labels().contains(reference.label())
                    : reference.version() == p.version())
            .findFirst());

    private static String tag(String name) {
        return "@@@langfusePrompt:name=" + name + "|label=production@@@";
    }

    private Prompt store(String name, PromptType type, String content) {
        Prompt prompt = new Prompt(
                "id-" + name,
                "p1",
                name,
                3,
                type,
                content,
                "{}",
                List.of("production"),
                List.of(),
                null,
                "API",
                Instant.EPOCH,
                Instant.EPOCH);
        stored.add(prompt);
        return prompt;
    }

    private String resolve(String content) {
        return resolver.resolve("id-root", "root", PromptType.TEXT, content);
    }

    @Test
    void tags_areReplacedByVersionAndLabel_alsoIndirectly() {
        Prompt rules = store("team/rules", PromptType.TEXT, "Be $1 \\kind {{x}}.");
        Prompt intro = store("intro", PromptType.TEXT, "Hello. " + tag("team/rules"));

        String resolved = resolve(tag("intro") + "|@@@langfusePrompt:name=team/rules|version=3@@@|" + tag("intro"));

        assertThat(resolved).isEqualTo("Hello. Be $1 \\kind {{x}}.|Be $1 \\kind {{x}}.|Hello. Be $1 \\kind {{x}}.");
        Map<String, List<Prompt>> dependencies = new LinkedHashMap<>();
        dependencies.put("id-intro", List.of(rules));
        dependencies.put("id-root", List.of(intro, rules));
        assertThat(resolver.dependencies()).isEqualTo(dependencies);
    }

    @Test
    void messages_stayJson() {
        store("part", PromptType.TEXT, "say \"hi\"\n{}");

        String resolved = resolver.resolve(
                "id-root",
                "root",
                PromptType.CHAT,
                "[{\"role\":\"user\",\"content\":\"a " + tag("part")
                        + "\"},{\"type\":\"placeholder\",\"name\":\"h\"}]");

        assertThat(resolved)
                .isEqualTo("[{\"role\":\"user\",\"content\":\"a say \\\"hi\\\"\\n{}\"},"
                        + "{\"type\":\"placeholder\",\"name\":\"h\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@@@langfusePrompt:name=part@@@",
                "@@@langfusePrompt:version=1|name=part@@@",
                "@@@langfusePrompt:name=part|version=x@@@",
                "@@@langfusePrompt:name=part|version=99999999999@@@",
                "@@@langfusePrompt:name=|label=production@@@",
                "@@@langfusePrompt:name=part|label=production|x=1@@@",
                "@@@other:name=part|label=production@@@",
                "@@@langfusePrompt:name=part|label=production"
            })
    void whatOnlyLooksLikeATag_isText(String text) {
        store("part", PromptType.TEXT, "x");

        assertThat(resolve(text)).isEqualTo(text);
        assertThat(resolver.dependencies()).isEmpty();
    }

    @Test
    void missing_isNamed() {
        assertThatThrownBy(() -> resolve(tag("gone")))
                .hasMessage("prompt: Prompt dependency not found: 'gone' with label 'production'");
    }

    @Test
    void chat_cannotBeEmbedded() {
        store("chat", PromptType.CHAT, "[]");

        assertThatThrownBy(() -> resolve(tag("chat"))).hasMessageContaining("is not a text prompt: 'chat'");
    }

    @Test
    void circles_areNamed() {
        store("a", PromptType.TEXT, tag("b"));
        store("b", PromptType.TEXT, tag("a"));

        assertThatThrownBy(() -> resolve(tag("a"))).hasMessageContaining("circular dependency: root → a → b → a");
        assertThatThrownBy(() ->
                        new PromptResolver(r -> Optional.empty()).resolve("id", "self", PromptType.TEXT, tag("self")))
                .hasMessageContaining("circular dependency: self → self");
    }

    @Test
    void depth_fiveIsTheMost_whicheverWayItIsReached() {
        store("e", PromptType.TEXT, "end");
        store("d", PromptType.TEXT, tag("e"));
        store("c", PromptType.TEXT, tag("d"));
        store("b", PromptType.TEXT, tag("c"));
        store("a", PromptType.TEXT, tag("b"));

        assertThat(resolve(tag("b"))).isEqualTo("end");
        assertThatThrownBy(() -> resolve(tag("a"))).hasMessageContaining("maximum nesting depth exceeded (5)");
    }

    @Test
    void depth_ofWhatIsKnownAlready_countsToo() {
        store("e", PromptType.TEXT, "end");
        store("d", PromptType.TEXT, tag("e"));
        store("c", PromptType.TEXT, tag("d"));
        store("b", PromptType.TEXT, tag("c"));
        store("a", PromptType.TEXT, tag("b"));

        assertThatThrownBy(() -> resolve(tag("b") + tag("a"))).hasMessageContaining("maximum nesting depth");
    }

    @Test
    void growth_isLimited() {
        store("c", PromptType.TEXT, "x".repeat(100_000));
        store("b", PromptType.TEXT, tag("c").repeat(50));
        store("a", PromptType.TEXT, tag("b").repeat(50));

        assertThatThrownBy(() -> resolve(tag("a"))).hasMessageContaining("larger than 8 million characters");
    }
}
