package dev.sonde.agent;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** On the newest Java with long-term support, whose home is {@code JAVA25_HOME}. */
class WeavingOnJava25IT extends WeavingContract {

    @Override
    Path javaHome() {
        String home = System.getenv("JAVA25_HOME");
        assumeThat(home).as("JAVA25_HOME").isNotNull();
        return Path.of(home);
    }
}
