package dev.sonde.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Where and when a run was made.
 *
 * @param commit of the code that was measured
 * @param date the day, in UTC
 * @param loadBefore processes that wanted a core in the minute before, by the system's average
 */
record Machine(String commit, String date, int cores, String processor, String java, int rounds, double loadBefore) {

    static Machine here(String commit, int rounds) throws IOException {
        return new Machine(
                commit,
                LocalDate.now(Clock.systemUTC()).toString(),
                Runtime.getRuntime().availableProcessors(),
                processorName(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                rounds,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processorName() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpus)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "Commit `%s`, %s, %d cores (%s), %s, %d interleaved rounds, medians; load average %.1f before the run.",
                commit,
                date,
                cores,
                processor,
                java,
                rounds,
                loadBefore);
    }
}
