// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.examples.cli.Help;
import io.github.srtnetty.examples.cli.Misuse.MissingCommandException;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code srt-netty message}: holds the commands for messages. */
@Command(
        name = "message",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty message listen srt://:4201",
            "  srt-netty message send srt://127.0.0.1:4201 --replies 1"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MessageSend.class, MessageListen.class, Help.class},
        description = {
            "Exchange lines of text as messages. Each received message is printed as its number, a"
                    + " tab and its text; each line of standard input is sent.",
            "In live mode, the default, a message fits into one packet and arrives on time or is"
                    + " lost. With transtype=file&messageapi=1 in the addresses of both peers, messages can be"
                    + " long and are delivered reliably."
        })
public final class MessageCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }
}
