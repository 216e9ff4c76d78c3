package dev.sonde.agent;

/** Classes that are never looked into: the JDK's, our own and those of other agents. */
final class IgnoredClasses {

    /** Prefixes of internal names. */
    private static final String[] PREFIXES = {
        "java/",
        "javax/",
        "jdk/",
        "sun/",
        "com/sun/",
        "dev/sonde/agent/",
        "dev/sonde/annotations/",
        "dev/sonde/boot/",
        "com/appdynamics/",
        "com/contrastsecurity/",
        "com/dynatrace/",
        "com/newrelic/",
        "datadog/",
        "dev/braintrust/",
        "io/opentelemetry/",
        "net/bytebuddy/",
        "org/aspectj/",
        "org/apache/skywalking/",
        "org/glowroot/",
    };

    private IgnoredClasses() {}

    /** Whether the class with this internal name is ignored. */
    static boolean contains(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
