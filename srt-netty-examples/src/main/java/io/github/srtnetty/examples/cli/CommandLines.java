// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Runs command lines: every failure becomes one line on standard error and an exit code. */
public final class CommandLines {
    private static final String PREFIX = "srt-netty: ";
    private static final String USAGE = "Usage: ";
    private static final Quantity INTEGER = Quantity.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Quantity LONG = Quantity.number(Long.MIN_VALUE, Long.MAX_VALUE);

    private CommandLines() {}

    /** Runs a command with its arguments; returns the exit code. */
    public static int execute(Object command, String... arguments) {
        try {
            return parser(command).execute(arguments);
        } catch (LinkageError | StackOverflowError e) { // picocli leaves errors to the caller
            return failed(e);
        }
    }

    /** Returns the parser of the arguments of a command. */
    public static CommandLine parser(Object command) {
        return new CommandLine(command)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> failed(failure))
                .setParameterExceptionHandler((wrong, all) -> misused(wrong))
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(int.class, CommandLines::integer)
                .registerConverter(Integer.class, CommandLines::integer)
                .registerConverter(long.class, LONG::parse)
                .registerConverter(Long.class, LONG::parse)
                .registerConverter(Path.class, CommandLines::path);
    }

    /** Prints a failure of the program, including those of background threads; returns the exit code. */
    public static int failed(Throwable failure) {
        if (Session.isEndedBySignal()) {
            return CommandLine.ExitCode.SOFTWARE; // failures caused by the signal are not reported
        }
        System.err.println(PREFIX + Failures.describe(failure));
        if (Boolean.getBoolean("srtnetty.verbose")) {
            System.err.println(SecretMask.trace(failure));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int misused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String line = PREFIX + Misuse.describe(wrong);
        if (wrong instanceof Misuse.MissingCommandException) {
            System.err.println(line);
            command.usage(System.err);
        } else {
            System.err.println(line + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
            System.err.print(USAGE + command.getHelp().synopsis(USAGE.length()));
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static int integer(String text) {
        return (int) INTEGER.parse(text);
    }

    private static Path path(String text) {
        try {
            return FileNames.path(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
