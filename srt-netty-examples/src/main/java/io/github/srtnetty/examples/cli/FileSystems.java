// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** File systems in which no file can be created, although permissions allow it. */
public final class FileSystems {
    /** Types of Linux in which even root creates none. */
    private static final Set<String> OF_THE_KERNEL =
            Set.of("proc", "sysfs", "devpts", "securityfs", "debugfs", "tracefs");

    private FileSystems() {}

    /**
     * Fails if no file can be created in a folder.
     *
     * @param shown what the failure calls the file
     */
    public static void requireNewFiles(Path folder, String shown) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        if (disk.isReadOnly()) {
            throw new FileSystemException(shown, null, "Read-only file system");
        }
        if (OF_THE_KERNEL.contains(disk.type())) {
            throw new FileSystemException(
                    shown, null, "a file system of the kernel (" + disk.type() + ") accepts no new files");
        }
    }
}
