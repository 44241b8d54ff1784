// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;

/** Locks with which these programs detect that another one writes a file (C: {@code fcntl} with {@code F_SETLK}). */
public final class FileLocks {
    private FileLocks() {}

    /**
     * Locks a file until it is closed, or the process ends. A file system without locks is not an error.
     *
     * @param shown what the failure calls the file
     * @throws FileSystemException when another program, or this one, has locked it
     */
    public static void take(FileChannel channel, String shown) throws FileSystemException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new FileSystemException(shown, null, "is already open in this program");
        } catch (IOException e) {
            return; // a file system without locks
        }
        if (lock == null) {
            throw new FileSystemException(shown, null, "another program is writing it");
        }
    }
}
