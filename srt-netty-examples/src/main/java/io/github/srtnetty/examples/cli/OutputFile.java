// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file to write, created or emptied by the first byte: if a program fails earlier, an existing file stays
 * unchanged. Errors that can be detected earlier are reported immediately. An existing file is locked from the start, a
 * new one from the first byte, so two of these programs never write the same file. Pipes and devices are also opened by
 * the first byte, which may block. One thread at a time.
 */
public final class OutputFile extends OutputStream {
    private enum Use {
        REPLACE,
        APPEND
    }

    private final Path file;
    private final Use use;
    private final int descriptor;
    private @Nullable FileChannel held;
    private @Nullable Object heldKey;
    private @Nullable OutputStream out;

    private OutputFile(Path file, Use use, int descriptor) {
        this.file = file;
        this.use = use;
        this.descriptor = descriptor;
    }

    /**
     * Prepares to write a file from its beginning; the first byte replaces its content.
     *
     * @throws FileSystemException when it cannot be written, another program is writing it, or this one has it open
     */
    public static OutputFile replacing(Path file) throws IOException {
        return new OutputFile(file, Use.REPLACE, Descriptors.NONE).prepared();
    }

    /** Prepares to append to a file; otherwise as {@link #replacing}. */
    public static OutputFile appendingTo(Path file) throws IOException {
        return new OutputFile(file, Use.APPEND, Descriptors.NONE).prepared();
    }

    /** Prepares to append to the file of an open descriptor, which somebody else has positioned. */
    static OutputFile ofDescriptor(Path file, int descriptor) throws IOException {
        return new OutputFile(file, Use.APPEND, descriptor).prepared();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (out == null && length > 0) {
            out = Channels.newOutputStream(open());
        }
        if (out != null) {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        } else if (held != null) {
            held.close();
        }
    }

    private OutputFile prepared() throws IOException {
        switch (kind()) {
            case REGULAR -> hold();
            case MISSING -> requireFolder();
            default -> requireWritable();
        }
        return this;
    }

    /** Opens it for the first byte. */
    private FileChannel open() throws IOException {
        FileKind kind = kind();
        if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        }
        if (held != null && !Objects.equals(heldKey, OpenFiles.keyOf(file))) { // it was moved away meanwhile
            held.close();
            held = null;
        }
        FileChannel channel = held == null ? hold() : held;
        if (use == Use.REPLACE) {
            channel.truncate(0);
        }
        return channel;
    }

    /** Opens and locks a regular file without changing it; creates a missing one. */
    private FileChannel hold() throws IOException {
        OpenFiles.requireNotOpen(file, descriptor);
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                use == Use.APPEND ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
        try {
            if (descriptor == Descriptors.NONE) {
                FileLocks.take(channel, file.toString());
            }
            held = channel;
            heldKey = OpenFiles.keyOf(file);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private FileKind kind() throws IOException {
        FileKind kind = FileKind.of(file);
        if (kind == FileKind.FOLDER) {
            throw refused("Is a directory");
        }
        if (kind == FileKind.SOCKET) {
            throw refused("is a socket, not a file");
        }
        return kind;
    }

    /** Fails where a missing file cannot be created, as far as that can be known without creating it. */
    private void requireFolder() throws IOException {
        Path folder = Links.end(file).getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString());
        }
        FileSystems.requireNewFiles(folder, file.toString());
        if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    private void requireWritable() throws AccessDeniedException {
        if (!Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    private FileSystemException refused(String why) {
        return new FileSystemException(file.toString(), null, why);
    }
}
