package dev.sonde.server.cli;

import picocli.CommandLine.Command;

/** {@code sonde import}: brings what another server has. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        subcommands = {ImportLangfuseCommand.class},
        description = "Brings what another server has into a running Sonde.")
public final class ImportCommand {}
