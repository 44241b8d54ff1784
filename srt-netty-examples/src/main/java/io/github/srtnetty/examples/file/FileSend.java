// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.SrtNetty;
import io.github.srtnetty.examples.UriConverter;
import io.github.srtnetty.libsrt.SrtOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file send}: gives a file to who receives. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = SrtNetty.Version.class,
        description =
                "Send a file to 'file receive' or to srt-file-transmit. A listener sends it to the first that comes.")
final class FileSend implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "the file")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "for example srt://host:4201")
    private SrtUri uri;

    @Option(names = "--resume", description = "go on where a transfer stopped; the peer must be srt-netty")
    private boolean resume;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is no file");
        }
        Transfer.run(
                named(),
                connection ->
                        resume ? new CheckedProtocol(connection).put(file) : PlainProtocol.send(connection, file));
        return 0;
    }

    /** A caller tells the name, unless the address does. */
    private SrtUri named() {
        boolean isSet = uri.option(SrtOptions.SRTO_STREAMID) != null;
        if (uri.mode() == SrtMode.LISTENER || isSet && !resume) {
            return uri;
        }
        return uri.with(
                SrtOptions.SRTO_STREAMID,
                resume ? CheckedProtocol.STREAM_ID : file.getFileName().toString());
    }
}
