// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Runs command lines: every failure becomes one line on standard error and an exit code. */
public final class CommandLines {
    private static final String PREFIX = "srt-netty: ";
    private static final String USAGE = "Usage: ";

    private CommandLines() {}

    /** Runs a command with its arguments; returns the exit code. */
    public static int execute(Object command, String... arguments) {
        try {
            return new CommandLine(command)
                    .setExecutionExceptionHandler((failure, commandLine, parsed) -> failed(failure))
                    .setParameterExceptionHandler((wrong, all) -> misused(wrong))
                    .setAbbreviatedOptionsAllowed(false)
                    .setExpandAtFiles(false)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .registerConverter(int.class, number(Integer::valueOf))
                    .registerConverter(Integer.class, number(Integer::valueOf))
                    .registerConverter(long.class, number(Long::valueOf))
                    .registerConverter(Long.class, number(Long::valueOf))
                    .registerConverter(Path.class, CommandLines::path)
                    .execute(arguments);
        } catch (LinkageError | StackOverflowError e) { // picocli leaves errors to the caller
            return failed(e);
        }
    }

    /** Prints a failure of the program, also of a thread that nobody waits for; returns the exit code. */
    public static int failed(Throwable failure) {
        if (Session.isEndedBySignal()) {
            return CommandLine.ExitCode.SOFTWARE; // what fails because of the signal is nobody's concern
        }
        System.err.println(PREFIX + Failures.describe(failure));
        if (Boolean.getBoolean("srtnetty.verbose")) {
            failure.printStackTrace();
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

    private static <T> ITypeConverter<T> number(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("must be a whole number");
            }
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("no file can have this name");
        }
    }
}
