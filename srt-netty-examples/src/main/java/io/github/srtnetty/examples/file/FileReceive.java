// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtStreamId;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.SrtNetty;
import io.github.srtnetty.examples.UriConverter;
import io.github.srtnetty.libsrt.SrtOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean folder = Files.isDirectory(target);
        boolean listener = uri.mode() == SrtMode.LISTENER;
        if (folder && !listener) {
            throw new ParameterException(spec.commandLine(), target + " is a folder: a caller has to name the file");
        }
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NoSuchFileException(String.valueOf(parent));
        }
        boolean isNamed = uri.option(SrtOptions.SRTO_STREAMID) != null;
        SrtUri named = listener || isNamed
                ? uri
                : uri.with(SrtOptions.SRTO_STREAMID, target.getFileName().toString());
        Transfer.run(named, connection -> receive(connection, folder));
        return 0;
    }

    private Transferred receive(StreamConnection connection, boolean folder) throws IOException {
        String id = connection.streamId();
        boolean named = uri.mode() == SrtMode.LISTENER && folder;
        if (id.equals(CheckedProtocol.STREAM_ID)) {
            Root root = new Root(folder ? target : target.toAbsolutePath().getParent());
            return new CheckedProtocol(connection).receive(root);
        }
        if (!named) {
            return PlainProtocol.receive(connection, target.toAbsolutePath());
        }
        try {
            return PlainProtocol.receive(connection, new Root(target).writable(nameIn(id)));
        } catch (IOException e) {
            connection.abort();
            throw e;
        }
    }

    /** The name is the stream id itself, or the resource in one of the standard form. */
    private static String nameIn(String streamId) throws IOException {
        String name =
                SrtStreamId.isStandard(streamId) ? SrtStreamId.parse(streamId).resource() : streamId;
        if (name == null || name.isEmpty()) {
            throw new IOException("the sender names no file: give a file to write to instead of a folder");
        }
        return name;
    }
}
