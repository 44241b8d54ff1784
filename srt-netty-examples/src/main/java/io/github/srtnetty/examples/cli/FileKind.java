// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Kinds of files, by the type in {@code st_mode} (C: {@code stat}, which follows links). */
public enum FileKind {
    MISSING,
    REGULAR,
    FOLDER,
    /** A pipe, with a name or without. */
    PIPE,
    SOCKET,
    /** A character or block device. */
    DEVICE;

    private static final int TYPE = 0170000;
    private static final int REGULAR_TYPE = 0100000;
    private static final int FOLDER_TYPE = 0040000;
    private static final int PIPE_TYPE = 0010000;
    private static final int SOCKET_TYPE = 0140000;

    /**
     * Returns the kind of a file.
     *
     * @throws FileSystemException when the kind is unknown, for example because a folder may not be entered
     */
    public static FileKind of(Path file) throws IOException {
        int mode;
        try {
            mode = (Integer) Files.getAttribute(file, "unix:mode");
        } catch (NoSuchFileException e) {
            return MISSING;
        }
        return switch (mode & TYPE) {
            case REGULAR_TYPE -> REGULAR;
            case FOLDER_TYPE -> FOLDER;
            case PIPE_TYPE -> PIPE;
            case SOCKET_TYPE -> SOCKET;
            default -> DEVICE;
        };
    }
}
