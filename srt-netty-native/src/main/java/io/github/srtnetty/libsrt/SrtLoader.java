// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds libsrt: {@code -Dsrt.library.path} (a file, or a folder that holds one), then a library inside the jar under
 * JNA's resource prefix (for example {@code linux-x86-64/libsrt.so}), then the system's own.
 */
final class SrtLoader {
    static final String PATH_PROPERTY = "srt.library.path";

    private static final List<String> LINUX_NAMES =
            List.of("libsrt.so.1.5", "libsrt-openssl.so.1.5", "libsrt-gnutls.so.1.5", "libsrt.so", "libsrt-gnutls.so");
    private static final List<String> MAC_NAMES = List.of(
            "libsrt.dylib",
            "libsrt.1.5.dylib",
            "/opt/homebrew/lib/libsrt.dylib",
            "/usr/local/lib/libsrt.dylib",
            "/opt/local/lib/libsrt.dylib");
    private static final List<String> OTHER_NAMES = List.of("libsrt.so", "srt");

    private final List<String> failures = new ArrayList<>();

    private SrtLoader() {}

    /**
     * Loads the first library that can be loaded.
     *
     * @throws UnsatisfiedLinkError with every place that was tried and what to install
     */
    static NativeLibrary load() {
        if (!Platform.is64Bit()) {
            throw new UnsatisfiedLinkError("libsrt needs a 64-bit JVM, this one is " + System.getProperty("os.arch"));
        }
        return new SrtLoader().find();
    }

    private NativeLibrary find() {
        String path = System.getProperty(PATH_PROPERTY);
        if (path != null && !path.isEmpty()) {
            NativeLibrary library = fromPath(Path.of(path));
            if (library != null) {
                return library;
            }
            throw new UnsatisfiedLinkError("-D" + PATH_PROPERTY + "=" + path + ": no libsrt there: " + failures
                    + "; name its file or folder, or leave this out to use the one that is installed");
        }
        NativeLibrary library = fromJar();
        for (String name : systemNames()) {
            if (library != null) {
                return library;
            }
            library = tryLoad(name);
        }
        if (library != null) {
            return library;
        }
        throw new UnsatisfiedLinkError(
                "libsrt not found; install it (Debian, Ubuntu: libsrt1.5-openssl; Fedora: srt-libs;"
                        + " Alpine: libsrt; Arch, Homebrew: srt) or set -D" + PATH_PROPERTY + "; tried " + failures);
    }

    private @Nullable NativeLibrary fromPath(Path path) {
        if (!Files.isDirectory(path)) {
            return tryLoad(path.toAbsolutePath().toString());
        }
        for (String name : systemNames()) {
            Path candidate = path.resolve(name);
            if (!new File(name).isAbsolute() && Files.exists(candidate)) {
                NativeLibrary library = tryLoad(candidate.toAbsolutePath().toString());
                if (library != null) {
                    return library;
                }
            }
        }
        failures.add(path + " holds none of " + systemNames());
        return null;
    }

    private @Nullable NativeLibrary fromJar() {
        String resource = "/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName("srt");
        if (SrtLoader.class.getResource(resource) == null) {
            failures.add(resource.substring(1) + " in the jar (none there)");
            return null;
        }
        try {
            File file = Native.extractFromResourcePath(resource, SrtLoader.class.getClassLoader());
            return tryLoad(file.getAbsolutePath());
        } catch (IOException e) {
            failures.add(resource + " in the jar (" + e.getMessage() + ")");
            return null;
        }
    }

    private @Nullable NativeLibrary tryLoad(String name) {
        try {
            return NativeLibrary.getInstance(name);
        } catch (UnsatisfiedLinkError e) {
            failures.add(name + " (" + firstLine(e) + ")");
            return null;
        }
    }

    private static List<String> systemNames() {
        if (Platform.isLinux()) {
            return LINUX_NAMES;
        }
        return Platform.isMac() ? MAC_NAMES : OTHER_NAMES;
    }

    private static String firstLine(UnsatisfiedLinkError e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
