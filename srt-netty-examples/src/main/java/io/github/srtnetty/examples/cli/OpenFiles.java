// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that this process has open, by device and inode: inputs, outputs, redirected standard streams, and the
 * JVM's own, such as jars and libraries.
 */
final class OpenFiles {
    /** Linux only. */
    private static final Path MAPPED = Path.of("/proc/self/maps");

    private OpenFiles() {}

    /** Returns the identity of a file, independent of its path; null if unknown. */
    static @Nullable Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Fails where this process has a file open already.
     *
     * @param except a descriptor to ignore, {@link Descriptors#NONE} for none
     * @throws FileSystemException with the reason
     */
    static void requireNotOpen(Path file, int except) throws IOException {
        Object key = keyOf(file);
        if (key == null) {
            return;
        }
        String how = descriptorOf(key, except);
        if (how == null && isMapped(key)) {
            how = "";
        }
        if (how != null) {
            throw new FileSystemException(file.toString(), null, "is already open in this program" + how);
        }
    }

    /** Returns whether this process has a file open, by another descriptor than {@code except}. */
    static boolean isOpen(Path file, int except) throws IOException {
        Object key = keyOf(file);
        return key != null && descriptorOf(key, except) != null;
    }

    /** Returns the name of the descriptor of an open file, empty if it has no name, null if the file is not open. */
    private static @Nullable String descriptorOf(Object key, int except) throws IOException {
        if (!Files.isDirectory(Descriptors.FOLDER)) {
            return null;
        }
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Descriptors.FOLDER, "[0-9]*")) {
            for (Path descriptor : open) {
                int number = Integer.parseInt(descriptor.getFileName().toString());
                if (number != except && key.equals(keyOf(descriptor))) {
                    String name = Descriptors.name(number);
                    return name == null ? "" : ", as " + name;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return null;
    }

    private static boolean isMapped(Object key) throws IOException {
        if (!Files.isReadable(MAPPED)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(MAPPED, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .anyMatch(path -> key.equals(keyOf(Path.of(path))));
        }
    }
}
