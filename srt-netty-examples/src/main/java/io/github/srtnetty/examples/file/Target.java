// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.FileLocks;
import io.github.srtnetty.examples.cli.FileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Where a file is written: a name in a folder that is held open until this is closed.
 *
 * @param folder the folder
 * @param name the name in it, one component
 * @param shown what messages call the file, safe to print
 * @param rules what is allowed
 */
record Target(Folder folder, Path name, String shown, WriteRules rules) implements Closeable {
    /**
     * Returns a file of the user's own choice.
     *
     * @throws FileSystemException when no file may be put there
     */
    static Target of(Path file, WriteRules rules) throws IOException {
        Path name = file.getFileName();
        Path parent = file.toAbsolutePath().getParent();
        if (name == null || parent == null) {
            throw new FileSystemException(file.toString(), null, "names no file");
        }
        Target target = new Target(Folder.open(parent), name, file.toString(), rules);
        try {
            FileSystems.requireNewFiles(parent, file.toString());
            return target.check();
        } catch (IOException e) {
            target.close();
            throw e;
        }
    }

    /**
     * Returns this when a file may be put there: nothing is there yet, or a file that may be replaced.
     *
     * @throws FileSystemException otherwise; it calls the file as {@link #shown}
     */
    Target check() throws IOException {
        PosixFileAttributes there;
        try {
            there = folder.attributes(name);
        } catch (FileSystemException e) {
            throw named(e);
        }
        if (there != null && !there.isRegularFile()) {
            throw new FileSystemException(shown, null, "exists and is not a file");
        }
        if (there != null && !rules.overwrites()) {
            throw new FileSystemException(shown, null, "already exists; only --overwrite at the receiver replaces it");
        }
        if (there != null) {
            requireUnlocked();
        }
        return this;
    }

    // A file that another program is writing would lose its name.
    private void requireUnlocked() throws IOException {
        try (SeekableByteChannel probe = folder.open(name, StandardOpenOption.WRITE)) {
            if (probe instanceof FileChannel file) {
                FileLocks.take(file, shown);
            }
        } catch (AccessDeniedException e) {
            return; // it may be replaced, though not be written
        }
    }

    /** Returns the failure with this file's name. */
    FileSystemException named(IOException failure) {
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        FileSystemException named = failure instanceof NoSuchFileException
                ? new NoSuchFileException(shown)
                : failure instanceof AccessDeniedException
                        ? new AccessDeniedException(shown)
                        : new FileSystemException(shown, null, reason);
        named.initCause(failure);
        return named;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
