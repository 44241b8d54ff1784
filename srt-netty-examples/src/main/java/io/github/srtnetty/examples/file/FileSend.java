// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file send}: sends a file to a receiver. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty file send in.ts srt://127.0.0.1:4201",
            "  srt-netty file send in.ts srt://127.0.0.1:4201 --resume"
        },
        description = "Send a file to 'file receive' or to srt-file-transmit. A listener sends it to the first"
                + " peer that connects.")
final class FileSend implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            converter = FileNames.FileConverter.class,
            description = "file to send")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to send to, for example srt://host:4201 (caller) or srt://:4201 (listener)")
    private SrtUri uri;

    @Option(
            names = "--resume",
            description = "resume an interrupted transfer and verify the SHA-256; the peer must be srt-netty")
    private boolean resume;

    @Mixin
    private FileOptions options = new FileOptions();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check(uri);
        if (resume && uri.mode() != SrtConnectionMode.CALLER) {
            throw options.misuse("--resume needs a receiver that listens: srt://host:" + uri.port());
        }
        try (SourceFile source = SourceFile.open(file)) {
            Transfer transfer = new Transfer(listenOptions.safe(named()), options);
            if (resume) {
                transfer.run(connection -> () -> put(connection, source));
            } else {
                transfer.accepting(id -> isWanted(source.name(), id) ? null : SrtRejectReason.FORBIDDEN)
                        .endingBy(new SilentEnd())
                        .run(connection -> agreedWith(connection, source));
            }
        }
        return 0;
    }

    private static Transferred put(StreamConnection connection, SourceFile source) throws IOException {
        try {
            return new CheckedProtocol(connection).put(source);
        } catch (PeerLeftException e) {
            String next = "; when it listens again, repeat this command to resume";
            throw new IOException(e.getMessage() + next, e);
        }
    }

    // With a passphrase, only a caller that has it finds out whether the name is right.
    private boolean isWanted(String name, String wanted) {
        return uri.option(SrtChannelOption.SRTO_PASSPHRASE) != null || isSame(name, wanted);
    }

    // A receiver that calls may say what it wants; it takes what it gets for that.
    private Agreed agreedWith(StreamConnection connection, SourceFile source) throws IOException {
        String wanted = connection.streamId();
        if (uri.mode() == SrtConnectionMode.LISTENER && !isSame(source.name(), wanted)) {
            throw new IOException("the receiver asks for " + PeerText.printable(wanted) + ", not for " + source.name());
        }
        return () -> PlainProtocol.send(connection, source);
    }

    private static boolean isSame(String name, String wanted) {
        return wanted.isEmpty() || wanted.equals(name);
    }

    /** Adds the name of the file to the address of a caller, unless it has a stream id. */
    private SrtUri named() {
        boolean isSet = uri.option(SrtChannelOption.SRTO_STREAMID) != null;
        if (uri.mode() == SrtConnectionMode.LISTENER || isSet && !resume) {
            return uri;
        }
        return uri.with(
                SrtChannelOption.SRTO_STREAMID,
                resume ? CheckedProtocol.STREAM_ID : file.getFileName().toString());
    }
}
