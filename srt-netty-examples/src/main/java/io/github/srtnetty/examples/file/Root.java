// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder that names given by a peer cannot leave: neither by {@code ..}, nor as absolute paths, nor by symbolic links. */
final class Root {
    private final Path folder;

    Root(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        if (!Files.isDirectory(this.folder)) {
            throw new FileSystemException(folder.toString(), null, "is no folder");
        }
    }

    /**
     * Returns a file that is there.
     *
     * @throws NoSuchFileException when it is not
     * @throws FileSystemException when the name leads out of the folder, or to something that is no file
     */
    Path existing(String name) throws IOException {
        Path file = within(name).toRealPath();
        if (!file.startsWith(folder)) {
            throw outside(name);
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(name, null, "is no file");
        }
        return file;
    }

    /** Returns where to write a file; the folder that it is in must be there. What is there must be a file, and no link. */
    Path writable(String name) throws IOException {
        Path file = within(name);
        Path parent = file.getParent().toRealPath();
        if (!parent.startsWith(folder)) {
            throw outside(name);
        }
        Path target = parent.resolve(file.getFileName());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(name, null, "is there, and is no file");
        }
        return target;
    }

    private Path within(String name) throws IOException {
        try {
            Path file = folder.resolve(name).normalize();
            if (name.isEmpty()
                    || file.equals(folder)
                    || !file.startsWith(folder)
                    || Path.of(name).isAbsolute()) {
                throw outside(name);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new FileSystemException(name.replace('\0', '?'), null, "is no name of a file");
        }
    }

    private static FileSystemException outside(String name) {
        return new FileSystemException(name, null, "is outside of the folder");
    }
}
