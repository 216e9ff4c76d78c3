package dev.sonde.agent;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same on Java 25, where the environment says where that is. */
@EnabledIfEnvironmentVariable(named = "JAVA25_HOME", matches = ".+")
class ObserveContractOnJava25IT extends ObserveContractIT {

    @Override
    Path javaHome() {
        return Path.of(System.getenv("JAVA25_HOME"));
    }
}
