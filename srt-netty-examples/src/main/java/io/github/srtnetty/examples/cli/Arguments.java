// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that picocli does not see: the program ends with exit code 2 and says how the command is used. */
public final class Arguments {
    private Arguments() {}

    /** Ends the command unless the condition holds; {@code otherwise} names the argument and what it must be. */
    public static void require(CommandSpec command, boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }

    /** Returns what a parser makes of an argument, and ends the command where that is an IllegalArgumentException. */
    public static <T> T parsed(CommandSpec command, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), Failures.describe(e), e);
        }
    }
}
