// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtStreamId;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.SrtNetty;
import io.github.srtnetty.examples.UriConverter;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file receive}: takes a file from who sends. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        versionProvider = SrtNetty.Version.class,
        description = {
            "Receive a file from 'file send' or from srt-file-transmit, to a temporary name until it is whole.",
            "A listener may be given a folder: then the sender names the file, within it."
        })
final class FileReceive implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "for example srt://:4201")
    private SrtUri uri;

    @Parameters(index = "1", paramLabel = "FILE|FOLDER", description = "where to write it")
    private Path target;

    @Mixin
    private FileOptions options = new FileOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean folder = Files.isDirectory(target);
        if (folder && uri.mode() != SrtMode.LISTENER) {
            throw options.misuse(target + " is a folder: only a listener learns the name; name the file");
        }
        Naming naming = folder ? new Root(target)::writable : this::theFile;
        if (!folder) {
            theFile(""); // a wrong one fails before a peer comes
        }
        Transfer.run(named(), options.timeout(), id -> requireGoodName(naming, id), peer -> receive(peer, naming));
        return 0;
    }

    /** A caller tells which file it wants, unless the address does. */
    private SrtUri named() {
        boolean isSet = uri.option(SrtOptions.SRTO_STREAMID) != null;
        return uri.mode() != SrtMode.CALLER || isSet
                ? uri
                : uri.with(SrtOptions.SRTO_STREAMID, target.getFileName().toString());
    }

    private Path theFile(String nameOfThePeer) throws IOException {
        return PartialFile.requireWritable(target.toAbsolutePath());
    }

    private static Transferred receive(StreamConnection connection, Naming naming) throws IOException {
        String id = connection.streamId();
        return id.equals(CheckedProtocol.STREAM_ID)
                ? new CheckedProtocol(connection).receive(naming)
                : PlainProtocol.receive(connection, naming.target(nameIn(id)));
    }

    /** For the door of a listener: it rejects who would write where it must not. */
    private static void requireGoodName(Naming naming, String streamId) throws IOException {
        if (!streamId.isEmpty() && !streamId.equals(CheckedProtocol.STREAM_ID)) { // there it follows
            naming.target(nameIn(streamId));
        }
    }

    /** The name is the stream id itself, or the resource in one of the standard form; empty where there is none. */
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
