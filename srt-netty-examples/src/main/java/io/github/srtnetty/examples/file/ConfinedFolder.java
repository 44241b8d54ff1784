// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.libsrt.PeerText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * A folder that names given by a peer cannot leave. It is opened once; a name is followed from there component by
 * component, never through a symbolic link, even inside the folder. Names with a component that begins with a dot are
 * rejected. Failures use the name that the peer gave, so they do not reveal the location of the folder. Any
 * thread.
 */
final class ConfinedFolder implements Closeable {
    private final Folder folder;
    private final Runnable beforeOpen;

    ConfinedFolder(Path folder) throws IOException {
        this(folder, () -> {});
    }

    /** Hook for tests that runs between the check of a file and its opening. */
    ConfinedFolder(Path folder, Runnable beforeOpen) throws IOException {
        this.folder = Folder.open(folder);
        this.beforeOpen = beforeOpen;
    }

    /**
     * Opens an existing file.
     *
     * @throws NoSuchFileException when it is missing, and also when the name leads out of the folder, through a
     *     link, or begins with a dot, so the peer learns nothing about forbidden files
     * @throws FileSystemException when it is not a file, or cannot be read
     */
    SourceFile open(String name) throws IOException {
        if (PeerName.refusal(name) != null) {
            throw new NoSuchFileException(PeerText.printable(name));
        }
        Path path = Path.of(name).normalize();
        try (Folder parent = parentOf(path)) {
            Path last = path.getFileName();
            PosixFileAttributes attributes = parent.attributes(last);
            if (attributes == null || attributes.isSymbolicLink()) {
                throw new NoSuchFileException(name);
            }
            if (!attributes.isRegularFile()) { // a pipe would wait
                throw new FileSystemException(name, null, "is not a file");
            }
            beforeOpen.run();
            SeekableByteChannel file = openFile(parent, last);
            return SourceFile.of(file, name, FileVersion.of(attributes));
        } catch (FileSystemException e) {
            throw named(name, e);
        }
    }

    /**
     * Returns the target of a file to write; its folder must exist.
     *
     * @throws FileSystemException when the peer may not write there
     */
    Target target(String name, WriteRules rules) throws IOException {
        PeerName.requireWritable(name);
        Path path = Path.of(name).normalize();
        try {
            Folder parent = parentOf(path);
            try {
                return new Target(parent, path.getFileName(), PeerText.printable(name), rules).check();
            } catch (IOException e) {
                parent.close();
                throw e;
            }
        } catch (FileSystemException e) {
            throw named(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }

    private Folder parentOf(Path path) throws IOException {
        Folder parent = folder.again();
        for (int i = 0; i < path.getNameCount() - 1; i++) {
            try (Folder left = parent) {
                parent = left.enter(path.getName(i));
            }
        }
        return parent;
    }

    private static SeekableByteChannel openFile(Folder parent, Path name) throws IOException {
        try {
            return parent.open(name, StandardOpenOption.READ);
        } catch (IOException e) {
            PosixFileAttributes now = parent.attributes(name);
            if (now == null || now.isSymbolicLink()) { // since it was looked at
                throw new NoSuchFileException(name.toString());
            }
            throw e;
        }
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
