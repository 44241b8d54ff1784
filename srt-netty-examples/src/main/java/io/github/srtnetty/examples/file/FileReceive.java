// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.FileSystems;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.SizeConverter;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file receive}: receives a file from a sender. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty file receive srt://:4201 out.ts",
            "  srt-netty file receive srt://:4201 folder --max-size 2G"
        },
        description = {
            "Receive a file from 'file send' or from srt-file-transmit. The file has a temporary"
                    + " name until it is complete.",
            "If a listener is given a folder, the sender names the file inside it."
        })
final class FileReceive implements Callable<Integer> {
    /** The bytes that a stranger may write to a disk. */
    private static final long OPEN_MAX_BYTES = 1L << 30;

    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to receive from, for example srt://:4201 (listener) or srt://host:4201 (caller)")
    private SrtUri uri;

    @Parameters(
            index = "1",
            paramLabel = "FILE|FOLDER",
            converter = FileNames.FileOrFolderConverter.class,
            description = "file or folder to write to")
    private Path target;

    @Option(names = "--overwrite", description = "replace an existing file; without this option the sender is rejected")
    private boolean overwrite;

    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description = "reject a larger file, for example 500M or 2G (default: no limit; with --open 1G)")
    private @Nullable Long maxBytes;

    @Mixin
    private FileOptions options = new FileOptions();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    private boolean folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check(uri);
        folder = Files.isDirectory(target);
        if (folder && uri.mode() != SrtConnectionMode.LISTENER) {
            throw options.misuse(target + " is a folder: only a listener gets the name from the sender; name the file");
        }
        WriteRules rules = new WriteRules(overwrite, maxBytes());
        if (folder) {
            FileSystems.requireNewFiles(target, target.toString());
            try (ConfinedFolder root = new ConfinedFolder(target)) {
                run(name -> root.target(name, rules));
            }
        } else {
            Target.of(target, rules).close(); // an invalid one fails before a peer connects
            run(name -> Target.of(target, rules));
        }
        return 0;
    }

    private void run(Inbox inbox) throws IOException, InterruptedException {
        new Transfer(listenOptions.safe(named()), options)
                .accepting(this::refusal)
                .run(connection -> agreed(connection, inbox));
    }

    private long maxBytes() {
        if (maxBytes != null) {
            return maxBytes;
        }
        return listenOptions.isOpen() ? OPEN_MAX_BYTES : Long.MAX_VALUE;
    }

    /** Adds the name of the wanted file to the address of a caller, unless it has a stream id. */
    private SrtUri named() {
        boolean isSet = uri.option(SrtChannelOption.SRTO_STREAMID) != null;
        return uri.mode() != SrtConnectionMode.CALLER || isSet
                ? uri
                : uri.with(SrtChannelOption.SRTO_STREAMID, target.getFileName().toString());
    }

    private static Agreed agreed(StreamConnection connection, Inbox inbox) throws IOException {
        String id = connection.streamId();
        if (id.equals(CheckedProtocol.STREAM_ID)) {
            return new CheckedProtocol(connection).agreeToReceive(inbox);
        }
        Target target = inbox.target(nameIn(id));
        return () -> PlainProtocol.receive(connection, target);
    }

    // Decides only by the text of the name; the file is checked after the accept. A sender of plain SRT is notified of
    // a refusal by the handshake only: after it, srt-file-transmit takes any end of the connection for success.
    private @Nullable SrtRejectReason refusal(String streamId) {
        if (streamId.equals(CheckedProtocol.STREAM_ID)) { // its name follows
            return null;
        }
        String name;
        try {
            name = nameIn(streamId);
        } catch (IOException e) {
            return SrtRejectReason.BAD_REQUEST;
        }
        if (!folder) {
            return null;
        }
        if (name.isEmpty()) {
            return SrtRejectReason.BAD_REQUEST;
        }
        try {
            PeerName.requireWritable(name);
            return null;
        } catch (FileSystemException e) {
            return SrtRejectReason.FORBIDDEN;
        }
    }

    // The name is the stream id itself, or the resource in one of the standard form; empty where there is none.
    private static String nameIn(String streamId) throws IOException {
        try {
            String name = SrtStreamId.isStandard(streamId)
                    ? SrtStreamId.parse(streamId).resource()
                    : streamId;
            return name == null ? "" : name;
        } catch (IllegalArgumentException e) {
            throw new IOException(PeerText.printable(Failures.describe(e)), e);
        }
    }
}
