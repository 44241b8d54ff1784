// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Help;
import io.github.srtnetty.examples.cli.Misuse.MissingCommandException;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code srt-netty file}: holds the commands for files. */
@Command(
        name = "file",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty file serve folder srt://:9000",
            "  srt-netty file get srt://127.0.0.1:9000 in.ts copy.ts"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FileSend.class, FileReceive.class, FileServe.class, FileGet.class, Help.class},
        description = {
            "Send and receive files over SRT. send and receive use the protocol of"
                    + " srt-file-transmit; serve and get use that of libsrt's examples sendfile and recvfile."
                    + " With --resume, srt-netty uses its own protocol, which resumes an interrupted transfer"
                    + " and verifies the SHA-256.",
            "For each transferred file, a line in the format of sha256sum is printed on standard output."
        })
public final class FileCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }
}
