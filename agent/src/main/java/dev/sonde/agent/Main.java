package dev.sonde.agent;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.jar.JarFile;

/** {@code java -jar sonde-agent.jar}: opens the command line, which is kept beside the weaver. */
public final class Main {

    private static final String COMMAND_LINE = "dev.sonde.agent.cli.CommandLine";

    private Main() {}

    /** Ends the JVM with 0 for done, 1 for something that is not as it should be, 2 for a wrong call. */
    public static void main(String[] arguments) throws IOException, URISyntaxException, ReflectiveOperationException {
        File file = WeaverSlot.jarFile();
        ClassLoader loader = new IsolatedLoader(new JarFile(file), file, ClassLoader.getSystemClassLoader());
        int status;
        try {
            status = (Integer) Class.forName(COMMAND_LINE, true, loader)
                    .getMethod("run", File.class, String[].class)
                    .invoke(null, file, arguments);
        } catch (InvocationTargetException e) {
            System.err.println("sonde-agent: " + e.getCause());
            status = 1;
        }
        System.exit(status);
    }
}
