// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.examples.cli.CommandLines;
import io.github.srtnetty.examples.cli.Help;
import io.github.srtnetty.examples.cli.Misuse.MissingCommandException;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.cue.Scte35;
import io.github.srtnetty.examples.demo.Demo;
import io.github.srtnetty.examples.file.FileCommand;
import io.github.srtnetty.examples.live.Receive;
import io.github.srtnetty.examples.live.Send;
import io.github.srtnetty.examples.message.MessageCommand;
import io.github.srtnetty.examples.transmit.Transmit;
import io.github.srtnetty.examples.ts.Ts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code srt-netty}: runs its subcommands and turns failures into one line and an exit code. */
@Command(
        name = "srt-netty",
        description = "Live media over SRT (Secure Reliable Transport), with Netty.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Demo.class,
            Receive.class,
            Relay.class,
            HashToken.class,
            Send.class,
            Transmit.class,
            Scte35.class,
            Ts.class,
            FileCommand.class,
            MessageCommand.class,
            Help.class
        },
        footer = {
            "%nExamples:",
            "  srt-netty demo --seconds 3",
            "  srt-netty help send",
            "%nExit codes: 0 done, 1 failed, 2 wrong usage."
        })
public final class SrtNetty implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show stack traces and the log of libsrt.")
    void verbose(boolean verbose) {
        if (verbose) {
            System.setProperty("srtnetty.verbose", "true");
            System.setProperty("srtnetty.log.trace", "%maskedEx");
            System.setProperty("srtnetty.log.libsrt", "INFO");
        }
    }

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> CommandLines.failed(failure));
        String closed = StandardStreams.closed(); // before anything is opened
        if (closed != null) {
            System.err.println("srt-netty: " + closed + " is closed; redirect it, to /dev/null for example");
            System.exit(ExitCode.SOFTWARE);
        }
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return CommandLines.execute(new SrtNetty(), args);
    }

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }
}
