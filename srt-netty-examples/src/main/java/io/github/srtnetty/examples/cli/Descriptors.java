// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * File descriptors of this process by number, and the paths that name them: {@code /dev/stdin}, {@code /dev/fd/63} of a
 * shell's process substitution, {@code /proc/self/fd/1}.
 */
final class Descriptors {
    static final int INPUT = 0;
    static final int OUTPUT = 1;
    static final int ERRORS = 2;
    /** No descriptor. */
    static final int NONE = -1;

    /** All open descriptors; a link to {@code /proc/self/fd} on Linux. */
    static final Path FOLDER = Path.of("/dev/fd");

    private static final int MOST_LINKS = 40; // as Linux follows

    private Descriptors() {}

    /** Returns the number of the descriptor that a path names, also through links, {@link #NONE} for another path. */
    static int numberOf(Path file) {
        try {
            Path at = file.toAbsolutePath();
            for (int links = 0; links < MOST_LINKS; links++) {
                int number = numberHere(at);
                if (number != NONE || !Files.isSymbolicLink(at)) {
                    return number;
                }
                at = at.resolveSibling(Files.readSymbolicLink(at));
            }
        } catch (IOException e) {
            return NONE; // opening it fails with the reason
        }
        return NONE;
    }

    /** Returns the name of a standard stream, null for another descriptor. */
    static @Nullable String name(int number) {
        return switch (number) {
            case INPUT -> "standard input";
            case OUTPUT -> "standard output";
            case ERRORS -> "standard error";
            default -> null;
        };
    }

    private static int numberHere(Path at) throws IOException {
        Path folder = at.getParent();
        Path name = at.getFileName();
        if (folder == null || name == null || !name.toString().matches("\\d{1,9}") || !Files.isDirectory(folder)) {
            return NONE;
        }
        Path real = folder.toRealPath();
        boolean isOurs = Files.isDirectory(FOLDER)
                && real.endsWith("fd")
                && real.startsWith(FOLDER.toRealPath().getParent()); // also /proc/self/task/N/fd
        return isOurs ? Integer.parseInt(name.toString()) : NONE;
    }
}
