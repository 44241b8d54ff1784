// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.NamedInput;
import io.github.srtnetty.libsrt.PeerText;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file to send, open: that it can be read is known before a peer is told its size. */
final class SourceFile extends NamedInput {
    private final String name;
    private final long size;

    private SourceFile(String name, FileChannel disk, String inErrors) throws IOException {
        super(Channels.newInputStream(disk), inErrors);
        this.name = name;
        size = disk.size();
    }

    /** Opens a file of this side: errors tell its path, the peer gets its name. */
    static SourceFile open(Path file) throws IOException {
        return open(file, file.toString(), String.valueOf(file.getFileName()));
    }

    /**
     * Opens a file that a peer calls by this name, and errors in the midst of it too; {@link Root} takes care of the others.
     *
     * @throws NoSuchFileException when it is not there
     * @throws FileSystemException when it is no file, or cannot be read
     */
    static SourceFile open(Path file, String name) throws IOException {
        return open(file, PeerText.printable(name), name);
    }

    private static SourceFile open(Path file, String inErrors, String name) throws IOException {
        // what is not there, opening tells why; a pipe is refused first, as opening it would wait
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(inErrors, null, "is no file");
        }
        FileChannel disk = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SourceFile(name, disk, inErrors);
        } catch (IOException e) {
            disk.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Returns how many bytes it had when it was opened. */
    long size() {
        return size;
    }
}
