package dev.sonde.agent;

import java.nio.file.Path;

/** On the Java version of the build. */
class WeavingIT extends WeavingContract {

    @Override
    Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }
}
