package dev.sonde.agent;

import dev.sonde.testkit.contract.ObserveContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the annotations mean, under the agent, on the Java version of the build. */
class ObserveContractIT extends ObserveContract {

    Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    @Override
    protected List<String> observed(Map<String, String> options, String mainClass) {
        ChildJvm jvm = contract().agent("").option("-Xverify:all");
        options.forEach((name, value) -> jvm.option("-D" + name + "=" + value));
        return jvm.command(mainClass);
    }

    @Override
    protected List<String> plain(String mainClass) {
        return contract().command(mainClass);
    }

    private ChildJvm contract() {
        return ChildJvm.of(javaHome()).classPath(ChildJvm.entry("testkit"));
    }
}
