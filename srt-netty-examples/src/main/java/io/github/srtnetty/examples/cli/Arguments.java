// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that picocli does not detect: the program ends with exit code 2 and prints the usage. */
public final class Arguments {
    private Arguments() {}

    /** Ends the command unless the condition holds; {@code otherwise} names the argument and what it must be. */
    public static void require(CommandSpec command, boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }

    /** Returns the parsed value of an argument; ends the command if the parser throws an IllegalArgumentException. */
    public static <T> T parsed(CommandSpec command, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), Failures.describe(e), e);
        }
    }
}
