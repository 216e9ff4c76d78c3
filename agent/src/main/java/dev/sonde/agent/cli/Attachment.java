package dev.sonde.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.sonde.agent.SondeAgent;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Talks to a Java process that runs already, of the same user on the same machine. */
final class Attachment {

    /** Finds the argument; the jar's path may hold spaces, which nothing marks in the text that the JVM gives. */
    private static final Pattern AGENT = Pattern.compile("-javaagent:.*?sonde-agent[^=]*=(\\S+)");

    private final File jar;
    private final PrintStream out;

    Attachment(File jar, PrintStream out) {
        this.jar = jar;
        this.out = out;
    }

    /**
     * Starts the agent there, unless it runs already.
     *
     * @param argument the agent's argument, empty for none
     * @return the exit status
     * @throws IOException with a sentence for people, when the process cannot be reached
     */
    int attach(String pid, String argument) throws IOException {
        try (Connection connection = new Connection(pid)) {
            if (connection.isObserved()) {
                out.println("process " + pid + " is observed already; nothing was changed");
                return CommandLine.DONE;
            }
            connection.load(jar.getAbsolutePath(), argument);
            if (connection.isObserved()) {
                out.println("process " + pid + " is observed from now on");
                return CommandLine.DONE;
            }
            out.println("process " + pid + " is not observed: the agent says why on the process's standard error");
            return CommandLine.FOUND_WRONG;
        }
    }

    /** What can be known of a process without changing it. */
    Target target(String pid) throws IOException {
        try (Connection connection = new Connection(pid)) {
            Properties properties = connection.properties();
            Map<String, String> byName = new HashMap<>();
            properties.stringPropertyNames().forEach(name -> byName.put(name, properties.getProperty(name)));
            List<String> notes = new ArrayList<>();
            notes.add("process " + pid + ", Java " + byName.get("java.version") + ", "
                    + (connection.isObserved() ? "observed by an agent already" : "not observed"));
            notes.add("class loaders that the process makes itself are not seen");
            Map<String, String> environment = environment(pid, notes);
            return new Target(entries(byName), connection.argument(), byName, environment, notes);
        }
    }

    private static List<String> entries(Map<String, String> properties) {
        Path directory = Path.of(properties.getOrDefault("user.dir", ""));
        List<String> entries = new ArrayList<>();
        for (String path : List.of("java.class.path", "jdk.module.path")) {
            String separator = properties.getOrDefault("path.separator", File.pathSeparator);
            for (String entry : properties.getOrDefault(path, "").split(separator, -1)) {
                if (!entry.isEmpty()) {
                    entries.add(directory.resolve(entry).toString());
                }
            }
        }
        return entries;
    }

    /** Only Linux shows the environment of another process. */
    private static Map<String, String> environment(String pid, List<String> notes) {
        try {
            String all = Files.readString(Path.of("/proc", pid, "environ"), StandardCharsets.ISO_8859_1);
            Map<String, String> environment = new HashMap<>();
            Arrays.stream(all.split("\0", -1))
                    .filter(variable -> variable.indexOf('=') > 0)
                    .forEach(variable -> environment.put(
                            variable.substring(0, variable.indexOf('=')),
                            variable.substring(variable.indexOf('=') + 1)));
            return environment;
        } catch (IOException e) {
            notes.add("its environment variables cannot be read here and are left out");
            return Map.of();
        }
    }

    /** An open connection to one process. */
    private static final class Connection implements AutoCloseable {
        private final VirtualMachine machine;

        Connection(String pid) throws IOException {
            try {
                machine = VirtualMachine.attach(pid);
            } catch (AttachNotSupportedException | IOException e) {
                throw new IOException("process " + pid + " cannot be attached to: " + e.getMessage(), e);
            } catch (NoClassDefFoundError e) {
                throw new IOException("this Java has no module jdk.attach; use that of a JDK", e);
            }
        }

        Properties properties() throws IOException {
            return machine.getSystemProperties();
        }

        boolean isObserved() throws IOException {
            return properties().getProperty(SondeAgent.STATE_PROPERTY) != null;
        }

        /** The argument the process was started with, empty when it was not started with the agent. */
        String argument() throws IOException {
            String options = machine.getAgentProperties().getProperty("sun.jvm.args", "");
            Matcher agent = AGENT.matcher(options);
            return agent.find() ? agent.group(1) : "";
        }

        void load(String agent, String argument) throws IOException {
            try {
                machine.loadAgent(agent, argument);
            } catch (AgentLoadException | AgentInitializationException e) {
                throw new IOException("the agent cannot be started there: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            machine.detach();
        }
    }
}
