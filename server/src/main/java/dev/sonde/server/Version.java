package dev.sonde.server;

/** The version of this build. */
final class Version {

    /** From the jar's manifest; {@code development} outside a jar. */
    static final String TEXT = read();

    private Version() {}

    private static String read() {
        String implementation = Version.class.getPackage().getImplementationVersion();
        return implementation == null ? "development" : implementation.replace("-SNAPSHOT", "");
    }
}
