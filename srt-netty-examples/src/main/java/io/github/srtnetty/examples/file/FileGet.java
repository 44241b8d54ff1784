// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.SrtNetty;
import io.github.srtnetty.examples.UriConverter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file get}: fetches a file from a server. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        versionProvider = SrtNetty.Version.class,
        description =
                "Fetch a file from 'file serve' or from libsrt's sendfile, to a temporary name until it is whole.")
final class FileGet implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "for example srt://host:9000")
    private SrtUri uri;

    @Parameters(index = "1", paramLabel = "NAME", description = "the file's name at the server")
    private String name;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "FILE|FOLDER",
            description = "where to write it, here under its own name if not given")
    private @Nullable Path local;

    @Option(names = "--resume", description = "go on where a transfer stopped, and check; the peer must be srt-netty")
    private boolean resume;

    @Mixin
    private FileOptions options = new FileOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > RequestProtocol.LONGEST_NAME) {
            throw options.misuse("NAME must have 1 to 4096 bytes");
        }
        Path target = PartialFile.requireWritable(target());
        if (resume) {
            resume(target);
        } else {
            Transfer.run(
                    uri,
                    options.timeout(),
                    Endpoint.Door.OPEN,
                    connection -> RequestProtocol.get(connection, name, target));
        }
        return 0;
    }

    private void resume(Path target) throws IOException, InterruptedException {
        PartialFile file = PartialFile.resume(target);
        Transfer.run(
                uri,
                options.timeout(),
                Endpoint.Door.OPEN,
                file,
                connection -> new CheckedProtocol(connection).get(name, file));
    }

    private Path target() {
        Path given = (local == null ? Path.of("") : local).toAbsolutePath();
        Path last = Path.of(name).getFileName();
        return Files.isDirectory(given) && last != null ? given.resolve(last) : given;
    }
}
