package dev.sonde.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.contract.Program;
import dev.sonde.testkit.contract.Capability;
import dev.sonde.testkit.contract.ObserveContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.aspectj.bridge.MessageHandler;
import org.aspectj.tools.ajc.Main;
import org.junit.jupiter.api.io.TempDir;

/** What the annotations mean, woven by the AspectJ compiler. */
class CompileTimeContractIT extends ObserveContract {

    @TempDir
    private static Path folder;

    @Override
    protected List<String> observed(Map<String, String> options, String mainClass) throws Exception {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Path woven = Files.createDirectory(folder.resolve("woven"));
        copyProgram(plain);
        MessageHandler messages = new MessageHandler();
        new Main()
                .run(
                        new String[] {
                            "-inpath", plain.toString(),
                            "-aspectpath", aspects(),
                            "-cp", System.getProperty("java.class.path"),
                            "-d", woven.toString(),
                            "-source", "17",
                            "-target", "17",
                        },
                        messages);
        assertThat(messages.getErrors()).isEmpty();
        return Command.java().properties(options).classesFirst(woven.toString()).of(mainClass);
    }

    @Override
    protected List<String> plain(String mainClass) {
        return Command.java().of(mainClass);
    }

    @Override
    protected Set<Capability> gaps() {
        return Set.of(Capability.INHERITED);
    }

    private static String aspects() throws Exception {
        return Path.of(ObserveAspect.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static void copyProgram(Path to) throws Exception {
        URI source = Program.class.getResource("Program.class").toURI();
        if (!source.getScheme().equals("jar")) {
            copy(Path.of(source).getParent(), to);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(source, Map.of())) {
            copy(jar.getPath("/com/example/contract"), to);
        }
    }

    private static void copy(Path classes, Path to) throws IOException {
        Path target =
                Files.createDirectories(to.resolve("com").resolve("example").resolve("contract"));
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    Files.copy(in, target.resolve(file.getFileName().toString()));
                }
            }
        }
    }
}
