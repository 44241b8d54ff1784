// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.libsrt.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes in one line what is wrong in a command line, and what was probably meant. */
public final class Misuse {
    private static final String ADDRESS = "://";

    private Misuse() {}

    /** A command that has only subcommands was called without one. */
    public static final class MissingCommandException extends ParameterException {
        private static final long serialVersionUID = 1;

        /** Creates it for the command that was called. */
        public MissingCommandException(CommandLine command) {
            super(command, "a command is missing");
        }
    }

    /** Returns the line, which begins with the error, without picocli's prefix. */
    public static String describe(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        ArgSpec argument = wrong.getArgSpec();
        if (argument != null && wrong.getCause() instanceof TypeConversionException) {
            return unreadable(argument, wrong.getValue(), wrong.getCause());
        }
        if (wrong instanceof MissingParameterException missing && isAbsent(missing)) {
            List<String> unmatched = wrong.getCommandLine().getUnmatchedArguments();
            return unmatched.stream()
                    .filter(rest -> rest.startsWith("--")) // a misspelt option, and therefore one is missing
                    .findFirst()
                    .map(rest -> unknownOption(wrong.getCommandLine(), rest))
                    .orElseGet(() -> missing(missing.getMissing()));
        }
        return Failures.describe(wrong);
    }

    /** Returns that a command has no such subcommand. */
    static String noCommand(CommandLine command, String wrong) {
        return "there is no command " + shown(wrong)
                + Suggestions.didYouMean(wrong, command.getSubcommands().keySet());
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        CommandLine command = wrong.getCommandLine();
        String first = wrong.getUnmatched().get(0);
        boolean hasOnlyCommands = !command.getSubcommands().isEmpty()
                && command.getCommandSpec().positionalParameters().isEmpty();
        if (wrong.isUnknownOption()) {
            return unknownOption(command, first);
        }
        if (hasOnlyCommands) {
            return noCommand(command, first);
        }
        String commands = String.join(", ", command.getSubcommands().keySet());
        return "one argument too many: " + shown(first) + (commands.isEmpty() ? "" : "; the commands are " + commands);
    }

    private static String unknownOption(CommandLine command, String argument) {
        String name = argument.replaceFirst("=.*", "");
        return "unknown option " + shown(name) + Suggestions.didYouMean(name, optionNames(command));
    }

    private static List<String> optionNames(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
    }

    private static String unreadable(ArgSpec argument, @Nullable String value, Throwable cause) {
        String given = value == null ? "" : value;
        if (argument.type().isEnum()) {
            List<String> names = Arrays.stream(argument.type().getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return name(argument) + ' ' + shown(given) + ": must be " + alternatives(names)
                    + Suggestions.didYouMean(given, names);
        }
        String reason = Failures.describe(cause);
        boolean named = given.contains(ADDRESS) || !given.isEmpty() && reason.contains(given);
        String before = named ? "" : shown(given) + ": ";
        return argument.isOption() ? name(argument) + (named ? ": " : " ") + before + reason : before + reason;
    }

    /** Returns whether arguments are missing, and not the value of an option that is there. */
    private static boolean isAbsent(MissingParameterException missing) {
        return !missing.getMissing().isEmpty()
                && !String.valueOf(missing.getMessage()).contains("for option");
    }

    private static String missing(List<ArgSpec> arguments) {
        String names = arguments.stream()
                .map(argument -> argument.isOption() ? name(argument) + ' ' + argument.paramLabel() : name(argument))
                .collect(Collectors.joining(", "));
        return names + (arguments.size() == 1 ? " is missing" : " are missing");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String alternatives(List<String> names) {
        List<String> all = new ArrayList<>(names);
        String last = all.remove(all.size() - 1);
        return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
    }

    private static String shown(String argument) {
        String text = SecretMask.argument(argument);
        return text.isEmpty() ? "\"\"" : text;
    }
}
