// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileLocks;
import io.github.srtnetty.examples.cli.Fingerprint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file in transfer: written beside its target under a temporary name, readable only by this user (mode 0600), and
 * renamed when it is complete. It then has the usual permissions of a new file (0666 without the umask). If it is
 * closed earlier, it is deleted unless the transfer can be resumed.
 */
final class PartialFile implements Closeable {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int LONGEST_NAME = 255; // bytes, of Linux and macOS
    private static final String OURS = ".srt-netty-";

    private final Target target;
    private final Path temporary;
    private final boolean kept;
    private final ByteChannel disk;
    private final Fingerprint fingerprint = new Fingerprint();
    private @Nullable String hash;
    private boolean done;

    private PartialFile(Target target, Path temporary, boolean kept, ByteChannel disk) {
        this.target = target;
        this.temporary = temporary;
        this.kept = kept;
        this.disk = disk;
    }

    /** Starts a new file; closes the target in the end, even on failure. */
    static PartialFile create(Target target) throws IOException {
        return create(target, UnaryOperator.identity());
    }

    /** Starts a new file on a disk controlled by a test. */
    static PartialFile create(Target target, UnaryOperator<ByteChannel> disk) throws IOException {
        try {
            Path temporary = Path.of(OURS + UUID.randomUUID()); // the target's name may be as long as can be
            ByteChannel file = disk.apply(target.folder().createPrivate(temporary));
            return new PartialFile(target, temporary, false, file);
        } catch (IOException e) {
            target.close();
            throw target.named(e);
        }
    }

    /**
     * Resumes an earlier partial file; {@code wanted} may stop reading it. Otherwise as {@link #create}.
     */
    static PartialFile resume(Target target, Wanted wanted) throws IOException {
        PartialFile file;
        try {
            Path temporary = Path.of('.' + target.name().toString() + ".srt-netty-part");
            file = new PartialFile(target, temporary, true, openOwn(target, temporary));
        } catch (IOException e) {
            target.close();
            throw e;
        }
        try {
            file.readBack(wanted);
            return file;
        } catch (IOException e) {
            file.done = true; // it stays as it is
            file.close();
            throw e;
        }
    }

    /** Returns the name that it will have. */
    String name() {
        return target.name().toString();
    }

    /** Returns the name that it has until then. */
    String temporaryName() {
        return temporary.toString();
    }

    /** Returns the number of bytes written. */
    long size() {
        return fingerprint.bytes();
    }

    /**
     * Appends some bytes.
     *
     * @throws FileSystemException when the file becomes larger than allowed, or cannot be written, for example on a
     *     full disk
     */
    void write(byte[] bytes, int offset, int length) throws IOException {
        requireAllowed(size() + length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                disk.write(buffer);
            }
        } catch (IOException e) {
            throw target.named(e);
        }
        fingerprint.add(bytes, offset, length);
    }

    /** Returns the failure of a broken transfer: file, peer, position, what is kept, and the cause. */
    IOException broken(String peer, IOException cause) {
        String left = !kept
                ? "the received part is deleted; with --resume, send and get keep it"
                : size() == 0
                        ? "nothing had arrived"
                        : "kept as " + target.folder().shown(temporary) + "; with --resume, send"
                                + " and get continue it";
        String what = String.format(Locale.ROOT, "%s from %s broke at %,d bytes", target.shown(), peer, size());
        return Failures.because(what + " (" + left + ')', peer, cause);
    }

    /** Fails where a file of this size is larger than allowed. */
    void requireAllowed(long bytes) throws IOException {
        if (bytes > target.rules().maxBytes()) {
            throw new FileSystemException(
                    target.shown(), null, "is larger than " + target.rules().maxBytes() + " bytes (--max-size)");
        }
    }

    /** Returns the SHA-256 of the whole, after the last byte. */
    String sha256Hex() {
        if (hash == null) {
            hash = fingerprint.sha256Hex();
        }
        return hash;
    }

    /**
     * Gives the file its name.
     *
     * @throws FileSystemException when a file of that name has appeared meanwhile: then this one is set aside
     */
    void commit() throws IOException {
        try {
            disk.close(); // a disk of the network may report only now that it is full
            if (target.rules().overwrites()) {
                rename(usualPermissions());
            } else {
                renameToNew();
            }
        } catch (FileAlreadyExistsException e) {
            throw new FileSystemException(target.shown(), null, "already exists; the new one is kept as " + setAside());
        } catch (IOException e) {
            throw target.named(e);
        }
        done = true;
    }

    /**
     * Renames a file that cannot be resumed; returns the new name, under which only the latest is kept.
     */
    String setAside() throws IOException {
        disk.close();
        Path aside = Path.of('.' + target.name().toString() + ".srt-netty-failed");
        if (aside.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            aside = Path.of(OURS + UUID.randomUUID() + "-failed");
        }
        target.folder().rename(temporary, aside);
        done = true;
        return target.folder().shown(aside);
    }

    @Override
    public void close() throws IOException {
        try (target) {
            disk.close();
            if (!done && (!kept || size() == 0)) {
                target.folder().delete(temporary);
            }
        }
    }

    /** Opens a partial file. A file that others may read or write was not made by this program. */
    private static ByteChannel openOwn(Target target, Path temporary) throws IOException {
        Folder folder = target.folder();
        PosixFileAttributes there = folder.attributes(temporary);
        if (there == null) {
            return locked(folder.createPrivate(temporary), folder.shown(temporary));
        }
        if (!there.isRegularFile() || !there.permissions().equals(Folder.PRIVATE)) {
            throw new FileSystemException(
                    folder.shown(temporary), null, "exists and is not a partial file of this program");
        }
        return locked(
                folder.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE), folder.shown(temporary));
    }

    // Two programs that resume the same file would mix it up.
    private static ByteChannel locked(ByteChannel disk, String shown) throws IOException {
        try {
            if (disk instanceof FileChannel file) {
                FileLocks.take(file, shown);
            }
            return disk;
        } catch (IOException e) {
            disk.close();
            throw e;
        }
    }

    /** Takes the name with an empty file first: rename() replaces what has appeared meanwhile. */
    private void renameToNew() throws IOException {
        Set<PosixFilePermission> usual = target.folder().createUsual(target.name());
        try {
            rename(usual);
        } catch (IOException e) {
            target.folder().delete(target.name());
            throw e;
        }
    }

    private void rename(Set<PosixFilePermission> permissions) throws IOException {
        target.folder().permit(temporary, permissions);
        target.folder().rename(temporary, target.name());
    }

    private Set<PosixFilePermission> usualPermissions() throws IOException {
        Path probe = Path.of(OURS + UUID.randomUUID());
        try {
            return target.folder().createUsual(probe);
        } finally {
            target.folder().delete(probe);
        }
    }

    /** Hashes the existing bytes; later writes are appended. */
    private void readBack(Wanted wanted) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        while (disk.read(block) > 0) {
            wanted.check();
            fingerprint.add(block.flip());
            block.clear();
        }
    }
}
