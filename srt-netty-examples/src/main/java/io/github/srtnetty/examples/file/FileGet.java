// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.libsrt.PeerText;
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
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty file get srt://127.0.0.1:9000 in.ts",
            "  srt-netty file get srt://127.0.0.1:9000 in.ts copy.ts --resume"
        },
        description = "Fetch a file from 'file serve' or from libsrt's sendfile. The file has a temporary name"
                + " until it is complete.")
final class FileGet implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address of the server, for example srt://host:9000")
    private SrtUri uri;

    @Parameters(index = "1", paramLabel = "NAME", description = "name of the file on the server")
    private String name;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "FILE|FOLDER",
            converter = FileNames.FileOrFolderConverter.class,
            description = "file or folder to write to (default: the current folder, under the same name)")
    private @Nullable Path local;

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
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > RequestProtocol.LONGEST_NAME) {
            throw options.misuse("NAME must have 1 to 4096 bytes");
        }
        Path last = Path.of(name).getFileName();
        if (last == null
                || name.endsWith("/")
                || last.toString().equals(".")
                || last.toString().equals("..")) {
            throw options.misuse(PeerText.printable(name) + ": names a folder; NAME must name a file");
        }
        Target target = Target.of(target(last), WriteRules.OWN_CHOICE);
        Transfer transfer = new Transfer(listenOptions.safe(uri), options);
        if (resume) {
            PartialFile file = PartialFile.resume(target, Wanted.ALWAYS); // now: a server waits only briefly
            transfer.closing(file).run(peer -> () -> new CheckedProtocol(peer).get(name, file));
        } else {
            transfer.closing(target).run(peer -> () -> RequestProtocol.get(peer, name, target));
        }
        return 0;
    }

    private Path target(Path last) {
        Path given = local == null ? Path.of("") : local;
        return Files.isDirectory(given) ? given.resolve(last) : given;
    }
}
