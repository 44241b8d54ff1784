// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: prints the help of a command as its {@code --help} does. */
@Command(name = "help", helpCommand = true, description = "Show the help of a command.")
public final class Help implements Runnable {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "the command, for example: file send")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = spec.parent().commandLine();
        for (String name : names) {
            CommandLine inner = command.getSubcommands().get(name);
            if (inner == null) {
                throw new ParameterException(command, Misuse.noCommand(command, name));
            }
            command = inner;
        }
        command.usage(command.getOut());
    }
}
