// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * The attributes that identify the content of a file: as long as they are equal, the content is assumed to be equal.
 *
 * @param key its device and inode
 * @param bytes its size in bytes
 * @param modified when it was changed last
 */
record FileVersion(Object key, long bytes, Instant modified) {
    /**
     * Two changes within this time may have the same {@code modified}: clocks of file systems are coarse (FAT: 2 s).
     */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    static FileVersion of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileVersion(
                key == null ? new Object() : key,
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    /**
     * Returns whether this identifies the content; false if the file may still change within the resolution of the
     * clock.
     */
    boolean isSettled() {
        return modified.isBefore(Instant.now().minus(CLOCK_STEP));
    }
}
