package dev.sonde.agent.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Reads the command and runs it. */
public final class CommandLine {

    /** Everything is as it should be. */
    static final int DONE = 0;

    /** Something is not as it should be, or could not be done. */
    static final int FOUND_WRONG = 1;

    private static final int WRONG_CALL = 2;

    private static final String HELP = """
            java -javaagent:sonde-agent.jar=host=…,public-key=…,secret-key=… -jar app.jar
                observes an application

            java -jar sonde-agent.jar doctor --cp <class path> | --jar <app.jar> | --pid <pid>
                                             [-v] [--no-server] [key=value,…]
                says which libraries and methods would be observed there, where each option comes from,
                and whether the server answers. --jar reads nested jars too; -v lists every method;
                key=value,… stands for the agent's argument
            java -jar sonde-agent.jar attach <pid> [key=value,…]
                observes a process that runs already
            java -jar sonde-agent.jar version
            java -jar sonde-agent.jar help

            Ends with 0 when all is well, 1 when something is not, 2 when it was called wrongly.""";

    private CommandLine() {}

    /**
     * Runs one command.
     *
     * @param jar the agent's own jar
     * @return the process's exit status
     */
    public static int run(File jar, String[] arguments) throws IOException {
        return run(jar, List.of(arguments), System.out, System.err);
    }

    static int run(File jar, List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        try {
            switch (command) {
                case "help", "--help", "-h" -> out.println(HELP);
                case "version", "--version" -> out.println("sonde-agent " + version(jar));
                case "attach" -> {
                    return attach(jar, rest, out);
                }
                case "doctor" -> {
                    return doctor(jar, rest, out);
                }
                default -> throw new WrongCall(command.isEmpty() ? "a command is missing" : "unknown: " + command);
            }
            return DONE;
        } catch (WrongCall e) {
            err.println("sonde-agent: " + e.getMessage());
            err.println(HELP);
            return WRONG_CALL;
        }
    }

    private static int attach(File jar, List<String> arguments, PrintStream out) throws WrongCall {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new WrongCall("attach takes a process id and at most one list of options");
        }
        String argument = arguments.size() == 2 ? arguments.get(1) : "";
        try {
            return new Attachment(jar, out).attach(pid(arguments.get(0)), argument);
        } catch (IOException e) {
            out.println(e.getMessage());
            return FOUND_WRONG;
        }
    }

    private static int doctor(File jar, List<String> arguments, PrintStream out) throws WrongCall, IOException {
        @Nullable String place = null;
        String value = "";
        String argument = "";
        boolean verbose = false;
        boolean asksServer = true;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            switch (word) {
                case "-v", "--verbose" -> verbose = true;
                case "--no-server" -> asksServer = false;
                case "--cp", "--jar", "--pid" -> {
                    if (place != null || ++i == arguments.size()) {
                        throw new WrongCall("doctor looks at one place: --cp, --jar or --pid, each with a value");
                    }
                    place = word;
                    value = arguments.get(i);
                }
                default -> {
                    if (word.startsWith("-") || !word.contains("=") || !argument.isEmpty()) {
                        throw new WrongCall("unknown: " + word);
                    }
                    argument = word;
                }
            }
        }
        if (place == null) {
            throw new WrongCall("doctor needs --cp, --jar or --pid");
        }
        out.println("sonde-agent " + version(jar) + ", looking with Java " + System.getProperty("java.version"));
        try {
            Target target = place.equals("--pid")
                    ? new Attachment(jar, out).target(pid(value))
                    : Target.here(Arrays.asList(value.split(File.pathSeparator)), argument);
            return new Doctor(out, verbose).examine(target, asksServer);
        } catch (IOException e) {
            out.println(e.getMessage());
            return FOUND_WRONG;
        }
    }

    private static String pid(String text) throws WrongCall {
        if (!text.matches("[0-9]{1,19}")) {
            throw new WrongCall("no process id: " + text);
        }
        return text;
    }

    private static String version(File jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            String version = file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "(unknown version)" : version;
        }
    }

    /** The command cannot be understood; the message says why. */
    static final class WrongCall extends Exception {
        private static final long serialVersionUID = 1;

        WrongCall(String message) {
            super(message);
        }
    }
}
