// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.Fingerprint;
import io.github.srtnetty.libsrt.PeerText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file under way: written to a temporary name beside its target, and renamed when it is whole. Closed before, it is deleted,
 * unless it is one to go on with, {@code NAME.part}.
 */
final class PartialFile implements Closeable {
    private static final int BLOCK_BYTES = 64 << 10;

    private final Path target;
    private final Path temporary;
    private final boolean kept;
    private final ByteChannel disk;
    private final Fingerprint fingerprint = new Fingerprint();
    private @Nullable String hash;
    private boolean done;

    private PartialFile(Path target, Path temporary, boolean kept, UnaryOperator<ByteChannel> disk) throws IOException {
        this.target = requireWritable(target);
        this.temporary = requireWritable(temporary);
        this.kept = kept;
        this.disk = disk.apply(FileChannel.open(
                temporary,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)); // also of one that was put there this moment
        try {
            readBack();
        } catch (IOException e) {
            this.disk.close();
            throw e;
        }
    }

    /** Begins anew. */
    static PartialFile create(Path target) throws IOException {
        return create(target, UnaryOperator.identity());
    }

    /** Begins anew, on a disk that a test has its hands on. */
    static PartialFile create(Path target, UnaryOperator<ByteChannel> disk) throws IOException {
        String name =
                ".srt-netty-" + UUID.randomUUID() + ".part"; // without the target's, which may be as long as can be
        return new PartialFile(target, target.resolveSibling(name), false, disk);
    }

    /** Goes on with what is there. */
    static PartialFile resume(Path target) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".part");
        return new PartialFile(target, temporary, true, UnaryOperator.identity());
    }

    /**
     * Returns the path when a file may be put there: nothing is there yet, or a file that is no link.
     *
     * @throws FileSystemException when something else is there, or the name cannot be that of a file
     */
    static Path requireWritable(Path target) throws IOException {
        try {
            if (!Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                throw new FileSystemException(target.toString(), null, "is there, and is no file");
            }
        } catch (NoSuchFileException e) {
            requireFolder(target);
        }
        return target;
    }

    /** Returns the name that it will have. */
    String name() {
        return target.getFileName().toString();
    }

    /** Returns how many bytes there are. */
    long size() {
        return fingerprint.bytes();
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                disk.write(buffer);
            }
        } catch (IOException e) { // such as: the disk is full
            throw named(e);
        }
        fingerprint.add(bytes, offset, length);
    }

    /** Returns the SHA-256 of the whole, after the last byte. */
    String sha256Hex() {
        if (hash == null) {
            hash = fingerprint.sha256Hex();
        }
        return hash;
    }

    /** Gives the file its name. */
    void commit() throws IOException {
        try {
            disk.close();
        } catch (IOException e) { // a disk of the network may say only now that it is full
            throw named(e);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        done = true;
    }

    /** Deletes what cannot be gone on with. */
    void discard() throws IOException {
        disk.close();
        Files.deleteIfExists(temporary);
        done = true;
    }

    @Override
    public void close() throws IOException {
        try {
            disk.close();
        } finally {
            if (!done && (!kept || size() == 0)) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void requireFolder(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder));
        }
    }

    private IOException named(IOException failure) {
        IOException named = new FileSystemException(PeerText.printable(target.toString()), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    /** Hashes what is there, and stands behind it then. */
    private void readBack() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        while (disk.read(block) > 0) {
            fingerprint.add(block.flip());
            block.clear();
        }
    }
}
