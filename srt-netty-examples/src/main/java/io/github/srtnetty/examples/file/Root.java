// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.libsrt.PeerText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A folder that names given by a peer cannot leave: neither by {@code ..}, nor as absolute paths, nor by symbolic links. Its
 * failures call a file by the name that was given: where the folder is does not concern the peer.
 */
final class Root {
    private final Path folder;

    Root(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        if (!Files.isDirectory(this.folder)) {
            throw new FileSystemException(folder.toString(), null, "is no folder");
        }
        if (!Files.isExecutable(this.folder)) { // nothing in it can be opened
            throw new AccessDeniedException(folder.toString());
        }
    }

    /**
     * Opens a file that is there.
     *
     * @throws NoSuchFileException when it is not
     * @throws FileSystemException when the name leads out of the folder, or to something that is no file, or cannot be read
     */
    SourceFile open(String name) throws IOException {
        Path wanted = within(name);
        try {
            Path file = wanted.toRealPath();
            if (!file.startsWith(folder)) {
                throw outside(name);
            }
            return SourceFile.open(file, name);
        } catch (FileSystemException e) {
            throw named(name, e);
        }
    }

    /** Returns where to write a file; the folder that it is in must be there. What is there must be a file, and no link. */
    Path writable(String name) throws IOException {
        Path file = within(name);
        try {
            Path parent = file.getParent().toRealPath();
            if (!parent.startsWith(folder)) {
                throw outside(name);
            }
            return PartialFile.requireWritable(parent.resolve(file.getFileName()));
        } catch (FileSystemException e) {
            throw named(name, e);
        }
    }

    private Path within(String name) throws IOException {
        if (name.isEmpty()) {
            throw new FileSystemException("\"\"", null, "names no file");
        }
        try {
            Path file = folder.resolve(name).normalize();
            if (file.equals(folder) || !file.startsWith(folder) || Path.of(name).isAbsolute()) {
                throw outside(name);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new FileSystemException(PeerText.printable(name), null, "is no name of a file");
        }
    }

    private static FileSystemException outside(String name) {
        return new FileSystemException(PeerText.printable(name), null, "is outside of the folder");
    }

    private static FileSystemException named(String given, FileSystemException failure) {
        String name = PeerText.printable(given);
        if (failure instanceof NoSuchFileException) {
            return new NoSuchFileException(name);
        }
        if (failure instanceof AccessDeniedException) {
            return new AccessDeniedException(name);
        }
        return new FileSystemException(name, null, failure.getReason());
    }
}
