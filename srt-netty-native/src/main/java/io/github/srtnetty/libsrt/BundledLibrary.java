// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The libsrt in a jar {@code srt-netty-native} with a classifier. It is copied into a private folder, checked against
 * the SHA-256 file in the jar and loaded; the copy is deleted immediately, because the mapping outlives the file. Each
 * load uses its own folder, so that class loaders and processes do not conflict.
 */
final class BundledLibrary {
    /** Property with the folder to copy into; the default is a new folder in {@code java.io.tmpdir}. */
    static final String WORKDIR_PROPERTY = "srt.native.workdir";

    static final String DIGEST_SUFFIX = ".sha256";

    /** {@code RTLD_NOW} without {@code RTLD_GLOBAL}, so that no other library of the process is bound to this one. */
    private static final int OPEN_FLAGS = 2;

    private static final int WRITABLE_BY_OTHERS = 02;
    private static final int STICKY = 01000;

    private final NativePlatform platform;
    private final URL resource;

    /** The reason why the library cannot be used, as a message for users. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private BundledLibrary(NativePlatform platform, URL resource) {
        this.platform = platform;
        this.resource = resource;
    }

    /** Returns the library for this platform, or null if the class path has none. */
    static @Nullable BundledLibrary find(NativePlatform platform, ClassLoader loader) {
        URL resource = loader.getResource(platform.resource());
        return resource == null ? null : new BundledLibrary(platform, resource);
    }

    /**
     * Returns the location of the library, for example {@code
     * jar:file:/lib/x.jar!/META-INF/native/libsrt_linux_x86_64.so}.
     */
    String source() {
        return resource.toString();
    }

    /** Loads a copy of the library: copies it, compares the hash, loads it and deletes the copy. */
    LoadedLibrary load() throws Unusable {
        String expected = digestInJar();
        Path folder = createFolder();
        Path file = folder.resolve("libsrt.so");
        try {
            byte[] content = copyTo(file);
            String actual = sha256(content);
            if (!actual.equals(expected)) {
                throw new Unusable(
                        "the copy " + file + " has SHA-256 " + actual + ", the jar says " + expected
                                + "; the jar is damaged, or the disk is full",
                        null);
            }
            NativeLibrary library = open(file);
            return new LoadedLibrary(library, source(), SecurityFixes.areIn(content));
        } finally {
            delete(file);
            delete(folder);
        }
    }

    private String digestInJar() throws Unusable {
        String name = platform.resource().substring(platform.resource().lastIndexOf('/') + 1);
        try (InputStream in = open(new URL(resource, name + DIGEST_SUFFIX))) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip();
            int end = text.indexOf(' ');
            return end < 0 ? text : text.substring(0, end);
        } catch (IOException e) {
            throw new Unusable("no SHA-256 beside it in the jar: " + e, e);
        }
    }

    private Path createFolder() throws Unusable {
        String setting = System.getProperty(WORKDIR_PROPERTY, "");
        String parent = setting.isEmpty() ? System.getProperty("java.io.tmpdir", "") : setting;
        try {
            Path path = Path.of(parent).toAbsolutePath();
            if (!setting.isEmpty()) {
                Files.createDirectories(path);
            }
            rejectOpenFolder(path);
            return Files.createTempDirectory(path, "srt-netty-"); // accessible to this user only
        } catch (IOException | InvalidPathException e) {
            throw cannotWrite(parent, e);
        }
    }

    // In a world-writable folder without the sticky bit, every user could replace the copy.
    private static void rejectOpenFolder(Path folder) throws IOException, Unusable {
        int mode = (Integer) Files.getAttribute(folder, "unix:mode");
        if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
            throw new Unusable(
                    "every user may replace files in " + folder + "; remove this right (chmod o-w), or set -D"
                            + WORKDIR_PROPERTY + " to another folder",
                    null);
        }
    }

    private byte[] copyTo(Path file) throws Unusable {
        byte[] content;
        try (InputStream in = open(resource)) {
            content = in.readAllBytes();
        } catch (IOException e) {
            throw new Unusable("cannot be read: " + e, e);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.write(file, content);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw cannotWrite(file.toString(), e);
        }
    }

    private static Unusable cannotWrite(String place, Exception e) {
        boolean isPlain = e instanceof FileSystemException failure && failure.getReason() != null;
        String reason = isPlain ? Objects.toString(((FileSystemException) e).getReason()) : e.toString();
        return new Unusable(
                "cannot be copied to " + place + ": " + reason + "; set -D" + WORKDIR_PROPERTY
                        + " to a folder where files may be written and executed",
                e);
    }

    private NativeLibrary open(Path file) throws Unusable {
        String name = file.toString();
        try {
            return NativeLibrary.getInstance(name, Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
        } catch (UnsatisfiedLinkError e) {
            String reason = LinkFailure.reason(name, e);
            if (LinkFailure.isForbidden(reason) && !Files.isExecutable(file)) {
                throw new Unusable(
                        "copied to " + name + ", but " + LinkFailure.NOEXEC + " (" + reason + "); set -D"
                                + WORKDIR_PROPERTY + " to a folder where files may be written and executed",
                        e);
            }
            throw new Unusable(LinkFailure.explain(name, e, platform), e);
        }
    }

    // Without the cache of jars, which would keep the jar open permanently.
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            SrtLog.failure("could not delete the copy of libsrt " + file, e);
        }
    }
}
