package dev.sonde.agent.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.tooling.HookPreview.Hook;
import dev.sonde.agent.tooling.HookPreview.Verdict;
import dev.sonde.boot.SiteHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LibraryHooksTest {

    private static final String MODEL = Model.class.getName();
    private static final Supplier<SiteHandler> NONE = () -> {
        throw new AssertionError("nothing is woven here");
    };
    private static final LibraryMethod WITH_OPTIONS = ask("java.lang.String", "java.lang.Object");
    private static final LibraryMethod PLAIN = ask("java.lang.String");

    interface Model {
        default String ask(String question) {
            return question;
        }
    }

    interface NewerModel extends Model {
        @Override
        default String ask(String question) {
            return ask(question, "");
        }

        default String ask(String question, Object options) {
            return question + options;
        }
    }

    @Test
    void in_aVersionWithTheMethod_hooksItAndNotTheOther() {
        Map<String, LibraryMethod> hooks = hooks(WITH_OPTIONS.or(PLAIN), NewerModel.class);

        assertThat(hooks).containsOnlyKeys("ask(Ljava/lang/String;Ljava/lang/Object;)Ljava/lang/String;");
    }

    @Test
    void in_aVersionWithoutTheMethod_hooksTheOther() {
        Map<String, LibraryMethod> hooks = hooks(WITH_OPTIONS.or(PLAIN), Model.class);

        assertThat(hooks).containsOnlyKeys("ask(Ljava/lang/String;)Ljava/lang/String;");
    }

    @Test
    void in_aVersionThatNeedNotHaveTheMethod_hooksNothing() {
        assertThat(hooks(WITH_OPTIONS.ifThere(), Model.class)).isEmpty();
    }

    /** Has the method, and another of that name. */
    static final class OwnModel implements Model {
        @Override
        public String ask(String question) {
            return "my own " + question;
        }

        String ask(int number) {
            return "number " + number;
        }
    }

    @Test
    void inherited_hooksTheMethodWhereAClassImplementsTheType() {
        LibraryHooks hooks = hooks(new InheritedLibrary(PLAIN));

        assertThat(hooks.inherited(classFile(OwnModel.class), name -> null))
                .containsOnlyKeys("ask(Ljava/lang/String;)Ljava/lang/String;");
        assertThat(hooks.inherited(classFile(LibraryHooksTest.class), name -> null))
                .isEmpty();
    }

    @Test
    void preview_saysWhichMethodsAreHookedWhereTheyAreImplemented() {
        assertThat(HookPreview.hooks(new InheritedLibrary(PLAIN), name -> classFile(Model.class)))
                .containsExactly(new Hook(MODEL, "ask", Verdict.BOUND));
        assertThat(HookPreview.hooks(new InheritedLibrary(WITH_OPTIONS), name -> classFile(Model.class)))
                .isEmpty();
    }

    @Test
    void preview_saysWhatIsHooked() {
        assertThat(preview(WITH_OPTIONS.or(PLAIN))).containsExactly(new Hook(MODEL, "ask", Verdict.BOUND));
        assertThat(preview(WITH_OPTIONS.ifThere())).isEmpty();
        assertThat(preview(WITH_OPTIONS)).containsExactly(new Hook(MODEL, "ask", Verdict.METHOD_UNKNOWN));
    }

    private static Map<String, LibraryMethod> hooks(LibraryMethod method, Class<?> version) {
        return hooks(new Library(method)).in(MODEL, classFile(version), name -> null);
    }

    private static List<Hook> preview(LibraryMethod method) {
        return HookPreview.hooks(new Library(method), name -> classFile(Model.class));
    }

    private static LibraryMethod ask(String... parameterTypes) {
        return new LibraryMethod(MODEL, "ask", List.of(parameterTypes), NONE);
    }

    private static byte[] classFile(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Library(LibraryMethod method) implements LibraryInstrumentation {
        @Override
        public String library() {
            return "a library";
        }

        @Override
        public List<LibraryMethod> methods() {
            return List.of(method);
        }
    }

    private record InheritedLibrary(LibraryMethod method) implements LibraryInstrumentation {
        @Override
        public String library() {
            return "test";
        }

        @Override
        public List<LibraryMethod> methods() {
            return List.of();
        }

        @Override
        public List<LibraryMethod> inherited() {
            return List.of(method);
        }
    }

    private static LibraryHooks hooks(LibraryInstrumentation library) {
        return new LibraryHooks(className -> List.of(library));
    }
}
