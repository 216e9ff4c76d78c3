package dev.sonde.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much later does {@code main} begin under the agent? Starts a hello world without and with the agent in turn and
 * prints medians. Arguments: the agent's jar, and the number of runs.
 */
public final class StartUpRun {

    private StartUpRun() {}

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        String agent = arguments[0];
        int runs = Integer.parseInt(arguments[1]);
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            long plain = millis(List.of());
            long observed = millis(List.of(
                    "-javaagent:" + agent, "-Dsonde.public-key=pk-lf-benchmark", "-Dsonde.secret-key=sk-lf-benchmark"));
            if (run > 0) { // the first pair warms the page cache
                without.add(plain);
                with.add(observed);
            }
        }
        without.sort(null);
        with.sort(null);
        long base = without.get(runs / 2);
        System.out.printf(
                Locale.ROOT,
                "%nto main(): %d ms without (%d–%d), %d ms with the agent (%d–%d), %d ms added, %d runs%n",
                base,
                without.get(0),
                without.get(runs - 1),
                with.get(runs / 2),
                with.get(0),
                with.get(runs - 1),
                with.get(runs / 2) - base,
                runs);
    }

    /** Milliseconds from starting the process to its main method, by the child's own clock. */
    private static long millis(List<String> jvmArguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Hello.class.getName()));
        long started = System.currentTimeMillis();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("hello ended with " + process.exitValue());
        }
        return Long.parseLong(printed) - started;
    }

    /** Prints when it began. */
    static final class Hello {
        private Hello() {}

        public static void main(String[] arguments) {
            System.out.println(System.currentTimeMillis());
        }
    }
}
