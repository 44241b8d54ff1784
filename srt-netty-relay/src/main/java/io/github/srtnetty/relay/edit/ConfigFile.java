// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the content of a file atomically. */
public final class ConfigFile {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConfigFile.class);

    private ConfigFile() {}

    /**
     * Rewrites a file: a temporary file beside it gets its permissions and then its name. A link stays, and its target
     * is replaced.
     *
     * @param expected the content that it must still have
     * @return false if the content is different; nothing was written then
     * @throws IOException with file and reason; the file is as it was
     */
    public static boolean replace(Path file, byte[] expected, byte[] content) throws IOException {
        Path real = file.toRealPath();
        if (!Arrays.equals(Files.readAllBytes(real), expected)) {
            return false;
        }
        Path folder = real.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(folder, ".relay-", ".tmp"); // readable by its owner only
        try {
            write(temporary, content);
            takePermissions(real, temporary);
            if (!Arrays.equals(Files.readAllBytes(real), expected)) {
                return false;
            }
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(folder);
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Returns what went wrong in one line. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemException of) {
            String reason = of.getReason() == null ? of.getClass().getSimpleName() : of.getReason();
            return of.getFile() + ": " + reason;
        }
        return String.valueOf(failure.getMessage());
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Others must not gain read access: if the group cannot be kept, the group loses its rights. */
    private static void takePermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes before = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes now = view.readAttributes();
        Set<PosixFilePermission> permissions = new HashSet<>(before.permissions());
        if (!before.owner().equals(now.owner())) {
            attempt("owner", () -> view.setOwner(before.owner()));
        }
        if (!before.group().equals(now.group()) && !attempt("group", () -> view.setGroup(before.group()))) {
            permissions.remove(PosixFilePermission.GROUP_READ);
            permissions.remove(PosixFilePermission.GROUP_WRITE);
        }
        view.setPermissions(permissions);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static boolean attempt(String what, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            LOGGER.warn("could not keep the {} of the configuration file: {}", what, reason(e));
            return false;
        }
    }

    private static void syncFolder(@Nullable Path folder) {
        try (FileChannel channel = FileChannel.open(folder == null ? Path.of(".") : folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOGGER.debug("this file system syncs no folders", e);
        }
    }
}
