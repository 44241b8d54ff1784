// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.libsrt.PeerText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held open. Files in it are opened relative to that open folder and never through a symbolic link, so
 * a path that is replaced meanwhile cannot lead elsewhere (C: {@code openat} with {@code O_NOFOLLOW}). Names are single
 * components. Failures name a file by that component. Any thread.
 */
final class Folder implements Closeable {
    /** The permissions of a file that nobody else may read or write. */
    static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private static final FileAttribute<Set<PosixFilePermission>> CREATED_PRIVATE =
            PosixFilePermissions.asFileAttribute(PRIVATE);

    private final SecureDirectoryStream<Path> open;

    private Folder(SecureDirectoryStream<Path> open) {
        this.open = open;
    }

    /**
     * Opens a folder of the user's own choice, also through links.
     *
     * @throws FileSystemException when it is missing, is not a folder, may not be entered, or when this platform cannot
     *     hold a folder open: nothing is served or written then, because a peer could escape from the folder
     */
    static Folder open(Path folder) throws IOException {
        DirectoryStream<Path> stream;
        try {
            stream = Files.newDirectoryStream(folder);
        } catch (NotDirectoryException e) {
            throw new FileSystemException(folder.toString(), null, "is not a folder");
        }
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
            stream.close();
            throw new FileSystemException(folder.toString(), null, "cannot be held open on this platform");
        }
        if (!Files.isExecutable(folder)) { // nothing in it can be opened
            stream.close();
            throw new AccessDeniedException(folder.toString());
        }
        return new Folder(secure);
    }

    /** Returns the same folder, to be closed on its own. */
    Folder again() throws IOException {
        return new Folder(open.newDirectoryStream(Path.of(".")));
    }

    /**
     * Opens a folder in this one.
     *
     * @throws NoSuchFileException when it is missing, or is a link or a file: a peer gets the same answer for each
     */
    Folder enter(Path name) throws IOException {
        PosixFileAttributes attributes = attributes(name);
        if (attributes == null || !attributes.isDirectory()) { // opening a pipe would wait
            throw new NoSuchFileException(shown(name));
        }
        try {
            return new Folder(open.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            PosixFileAttributes now = attributes(name);
            if (now == null || !now.isDirectory()) { // since it was looked at
                throw new NoSuchFileException(shown(name));
            }
            throw named(name, e);
        }
    }

    /** Returns the attributes of an entry, for a link those of the link itself; null if there is none. */
    @Nullable
    PosixFileAttributes attributes(Path name) throws IOException {
        try {
            return view(name).readAttributes();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    /** Opens an existing file. */
    SeekableByteChannel open(Path name, OpenOption... options) throws IOException {
        try {
            Set<OpenOption> all = new HashSet<>(Set.of(options));
            all.add(LinkOption.NOFOLLOW_LINKS);
            return open.newByteChannel(name, all);
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    /** Creates a file that only this user may read and write, for both. */
    SeekableByteChannel createPrivate(Path name) throws IOException {
        try {
            return open.newByteChannel(
                    name,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    CREATED_PRIVATE);
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    /** Creates an empty file with the usual permissions (umask), and returns these. */
    Set<PosixFilePermission> createUsual(Path name) throws IOException {
        try {
            open.newByteChannel(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
                    .close();
            return view(name).readAttributes().permissions();
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    void permit(Path name, Set<PosixFilePermission> permissions) throws IOException {
        try {
            view(name).setPermissions(permissions);
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    /** Renames a file atomically; an existing file of the new name is replaced. */
    void rename(Path from, Path to) throws IOException {
        try {
            open.move(from, open, to);
        } catch (IOException e) {
            throw named(to, e);
        }
    }

    /** Deletes a file if it is there. */
    void delete(Path name) throws IOException {
        try {
            open.deleteFile(name);
        } catch (NoSuchFileException e) {
            return; // already
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
    }

    private PosixFileAttributeView view(Path name) {
        return open.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the name of a file for messages, safe to print. */
    String shown(Path name) {
        return PeerText.printable(name.toString());
    }

    /** Names the file; for a link Java throws an IOException without a name. */
    private FileSystemException named(Path name, IOException failure) {
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        FileSystemException named = failure instanceof AccessDeniedException
                ? new AccessDeniedException(shown(name))
                : failure instanceof FileAlreadyExistsException
                        ? new FileAlreadyExistsException(shown(name))
                        : failure instanceof NoSuchFileException
                                ? new NoSuchFileException(shown(name))
                                : new FileSystemException(shown(name), null, reason);
        named.initCause(failure);
        return named;
    }
}
