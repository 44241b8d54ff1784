// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether the operating system bounds the memory of this process. libsrt allocates outside the Java heap, with sizes
 * from the peer's handshake, so {@code -Xmx} is no bound. Linux: {@code RLIMIT_DATA}, or {@code memory.max} of
 * its control group or one above.
 */
final class MemoryLimit {
    private static final String UNLIMITED_DATA = "(?s).*Max data size +unlimited.*";

    private final Path proc;
    private final Path controlGroups;

    /** Reads {@code /proc/self} and {@code /sys/fs/cgroup}, or what stands for them. */
    MemoryLimit(Path proc, Path controlGroups) {
        this.proc = proc;
        this.controlGroups = controlGroups;
    }

    static MemoryLimit ofThisProcess() {
        return new MemoryLimit(Path.of("/proc/self"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * Returns a line for the log if there is no limit; null if there is one or if it is unknown.
     */
    @Nullable
    String advice() {
        try {
            return Files.readString(proc.resolve("limits")).matches(UNLIMITED_DATA) && !hasGroupLimit()
                    ? "the memory of this process is unlimited, and peers can make libsrt allocate it;"
                            + " set a limit: LimitDATA= and MemoryMax= of systemd, --memory of a container, or"
                            + " ulimit -d"
                    : null;
        } catch (IOException e) {
            return null; // no Linux
        }
    }

    private boolean hasGroupLimit() throws IOException {
        for (String line : Files.readAllLines(proc.resolve("cgroup"))) {
            String[] parts = line.split(":", 3); // 0::/path, or of version 1 4:memory:/path
            if (parts.length == 3 && parts[1].isEmpty() && hasLimit(controlGroups, parts[2], "memory.max")) {
                return true;
            }
            if (parts.length == 3
                    && parts[1].equals("memory")
                    && hasLimit(controlGroups.resolve("memory"), parts[2], "memory.limit_in_bytes")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether there is a limit. A limit of a parent group counts too. In a container the path may be the
     * host's, and only the top group exists.
     */
    private static boolean hasLimit(Path top, String path, String file) throws IOException {
        Path group = top.resolve(path.substring(Math.min(1, path.length()))).normalize();
        while (group != null && group.startsWith(top)) {
            if (isNumber(group.resolve(file))) {
                return true;
            }
            group = group.getParent();
        }
        return false;
    }

    /** Returns whether a file has a limit; version 1 writes "no limit" as a number near 2^63. */
    private static boolean isNumber(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return false;
        }
        String text = Files.readString(file).strip();
        return text.matches("\\d{1,18}");
    }
}
