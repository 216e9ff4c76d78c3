package dev.sonde.agent.cli;

import dev.sonde.agent.Candidates;
import dev.sonde.agent.cli.ClassFiles.Origin;
import dev.sonde.agent.instrumentation.Libraries;
import dev.sonde.agent.tooling.HookPreview;
import dev.sonde.agent.tooling.HookPreview.Hook;
import dev.sonde.agent.tooling.HookPreview.Verdict;
import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.Selection;
import dev.sonde.runtime.ConfiguredOption;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at an application without running it, and says what the agent would do there. Used once. */
final class Doctor {

    /** Internal names of classes that are not hooked, but needed by hooks. */
    private final Set<String> required = Libraries.all().stream()
            .flatMap(library -> library.required().stream())
            .map(method -> method.className().replace('.', '/'))
            .collect(Collectors.toUnmodifiableSet());

    private final PrintStream out;
    private final boolean verbose;
    private final Map<String, byte[]> libraryClasses = new HashMap<>();
    private final Map<String, Origin> libraryOrigins = new HashMap<>();
    private final Map<String, byte[]> applicationClasses = new HashMap<>();

    private int classes;
    private boolean wrong;

    Doctor(PrintStream out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    /** Prints the report and answers the exit status. */
    int examine(Target target, boolean asksServer) {
        classPath(target);
        libraries();
        Map<String, String> options = configuration(target);
        observedMethods(selection(options));
        if (asksServer && options != null) {
            server(options);
        }
        out.println();
        out.println(wrong ? "Something is not as it should be: see the lines with !" : "All is well.");
        return wrong ? CommandLine.FOUND_WRONG : CommandLine.DONE;
    }

    private void classPath(Target target) {
        ClassFiles files = new ClassFiles();
        files.visit(target.entries(), this::look);
        heading("Class path");
        line(files.entries() + " directories and jars, " + classes + " classes, those in nested jars included");
        files.missing().forEach(entry -> problem("cannot be read: " + entry));
        target.notes().forEach(this::line);
        if (classes == 0) {
            problem("there is no class at all");
        }
    }

    private void look(String name, byte[] classFile, Origin origin) {
        classes++;
        if (Candidates.isLibrary(name) || Candidates.isLibraryType(name) || required.contains(name)) {
            String className = name.replace('/', '.');
            libraryClasses.putIfAbsent(className, classFile);
            libraryOrigins.putIfAbsent(className, origin);
        } else if (Candidates.isApplication(name) || Candidates.mentionsOurs(classFile)) {
            applicationClasses.putIfAbsent(name.replace('/', '.'), classFile);
        }
    }

    private void libraries() {
        heading("Libraries");
        for (LibraryInstrumentation library : Libraries.all()) {
            List<Hook> hooks = HookPreview.hooks(library, libraryClasses::get);
            if (hooks.stream().allMatch(hook -> hook.verdict() == Verdict.CLASS_MISSING)) {
                line(library.library() + ": not on the class path");
                continue;
            }
            line(library.library() + ": " + version(hooks) + ", " + count(hooks, Verdict.BOUND) + " of " + hooks.size()
                    + " hooks bound");
            String missing = HookPreview.missing(library, libraryClasses::get);
            if (missing != null) {
                problem("  " + missing + " is not there, and without it nothing of the library is observed");
            }
            for (Hook hook : hooks) {
                hook(hook);
            }
        }
    }

    private void hook(Hook hook) {
        String name = hook.className() + "#" + hook.methodName();
        switch (hook.verdict()) {
            case BOUND -> {
                if (verbose) {
                    line("  bound  " + name);
                }
            }
            case CLASS_MISSING -> line("  off    " + name + ": class missing");
            case REQUIREMENT_MISSING -> problem("  off    " + name + ": see above");
            case METHOD_UNKNOWN -> problem("  off    " + name + ": method signature unknown");
        }
    }

    private String version(List<Hook> hooks) {
        for (Hook hook : hooks) {
            Origin origin = libraryOrigins.get(hook.className());
            if (origin != null) {
                return (origin.version() == null ? "unknown version" : origin.version()) + " (" + origin.name() + ")";
            }
        }
        throw new IllegalStateException("no class of the library was found");
    }

    private static long count(List<Hook> hooks, Verdict verdict) {
        return hooks.stream().filter(hook -> hook.verdict() == verdict).count();
    }

    private void observedMethods(Selection selection) {
        heading("Observed methods");
        Map<String, List<String>> observed = new TreeMap<>();
        applicationClasses.forEach((name, classFile) -> {
            try {
                List<String> methods = HookPreview.observed(classFile, selection, applicationClasses::get);
                if (!methods.isEmpty()) {
                    observed.put(name, methods);
                }
            } catch (RuntimeException e) {
                problem(name + " is no class file that can be read: " + e);
            }
        });
        int count = observed.values().stream().mapToInt(List::size).sum();
        line(count + " in " + observed.size() + " classes" + (verbose || count == 0 ? "" : "; -v lists them"));
        if (verbose) {
            observed.forEach((type, methods) -> methods.forEach(method -> line("  " + type + "#" + method)));
        }
    }

    private Selection selection(@Nullable Map<String, String> options) {
        try {
            return options == null
                    ? Selection.NONE
                    : Selection.of(entries(options.get("observe")), entries(options.get("adopt")));
        } catch (IllegalArgumentException e) {
            problem(e.getMessage() + "; nothing will be observed");
            return Selection.NONE;
        }
    }

    private static List<String> entries(@Nullable String option) {
        return option == null || option.isBlank() ? List.of() : List.of(option.split("[;,\\s]+", -1));
    }

    /** Answers the values by option, or null when they cannot be read. */
    private @Nullable Map<String, String> configuration(Target target) {
        heading("Configuration");
        List<ConfiguredOption> options;
        try {
            options = target.options();
        } catch (IllegalArgumentException e) {
            problem(e.getMessage() + "; nothing will be observed");
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (ConfiguredOption option : options) {
            String value = option.value();
            if (value != null) {
                values.put(option.name(), value);
            }
            String shown = value == null ? "none" : option.name().endsWith("secret-key") ? "***" : value;
            line(String.format("%-24s %-40s %s", option.name(), shown, option.source()));
        }
        if ("false".equals(values.get("enabled"))) {
            problem("enabled is off; nothing will be observed");
        }
        if (!values.containsKey("public-key") || !values.containsKey("secret-key")) {
            problem("public-key and secret-key must both be set; without them nothing will be observed");
        }
        return values;
    }

    private void server(Map<String, String> options) {
        heading("Server");
        ServerCheck.Answer answer = ServerCheck.ask(
                options.getOrDefault("host", ""),
                options.getOrDefault("public-key", ""),
                options.getOrDefault("secret-key", ""));
        if (answer.good()) {
            line(answer.text());
        } else {
            problem(answer.text());
        }
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }

    private void line(String text) {
        out.println("  " + text);
    }

    private void problem(String text) {
        wrong = true;
        out.println("! " + text);
    }
}
