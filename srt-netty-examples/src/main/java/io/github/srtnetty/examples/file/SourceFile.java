// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.NamedInput;
import io.github.srtnetty.libsrt.PeerText;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** An open file to send; it is known to be readable before a peer gets its size. */
final class SourceFile extends NamedInput {
    private final String name;
    private final SeekableByteChannel disk;
    private final FileVersion version;
    private final long size;

    private SourceFile(String name, SeekableByteChannel disk, String inErrors, FileVersion version) throws IOException {
        super(Channels.newInputStream(disk), inErrors);
        this.name = name;
        this.disk = disk;
        this.version = version;
        size = disk.size();
    }

    /**
     * Opens a file of this side: errors have its path, the peer gets its name.
     *
     * @throws NoSuchFileException when it is missing
     * @throws FileSystemException when it is not a file, or cannot be read
     */
    static SourceFile open(Path file) throws IOException {
        // what is missing, opening reports; a pipe is refused first, as opening it would wait
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is not a file");
        }
        FileChannel disk = FileChannel.open(file, StandardOpenOption.READ);
        try {
            FileVersion version = FileVersion.of(Files.readAttributes(file, BasicFileAttributes.class));
            return new SourceFile(String.valueOf(file.getFileName()), disk, file.toString(), version);
        } catch (IOException e) {
            disk.close();
            throw e;
        }
    }

    /**
     * Takes an open file that a peer calls by this name, and errors in the midst of it too; closes it when this fails.
     */
    static SourceFile of(SeekableByteChannel disk, String name, FileVersion version) throws IOException {
        try {
            return new SourceFile(name, disk, PeerText.printable(name), version);
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

    /** Returns the identity of its content. */
    FileVersion version() {
        return version;
    }

    /** Continues to read at this byte. */
    void seek(long position) throws IOException {
        disk.position(position);
    }
}
