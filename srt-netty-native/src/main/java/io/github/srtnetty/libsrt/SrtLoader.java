// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds libsrt: {@code -Dsrt.library.path} (a file, or a folder that holds one), or else the environment variable
 * {@code SRT_LIBRARY_PATH}. Where neither is set it takes a library inside the jar under JNA's resource prefix (for
 * example {@code linux-x86-64/libsrt.so}), then the system's own.
 */
final class SrtLoader {
    static final String PATH_PROPERTY = "srt.library.path";
    /** The same by the environment; {@code bin/srt-netty} sets the property by it. */
    static final String PATH_VARIABLE = "SRT_LIBRARY_PATH";

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
        String property = System.getProperty(PATH_PROPERTY, "");
        String variable = Objects.requireNonNullElse(System.getenv(PATH_VARIABLE), "");
        String path = property.isEmpty() ? variable : property;
        if (!path.isEmpty()) {
            NativeLibrary library = fromPath(path);
            if (library != null) {
                return library;
            }
            String setting = path.equals(variable) ? PATH_VARIABLE : "-D" + PATH_PROPERTY;
            throw new UnsatisfiedLinkError(setting + '=' + path + ": no libsrt there: " + tried()
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
                        + " Alpine: libsrt; Arch, Homebrew: srt) or set -D" + PATH_PROPERTY + " or " + PATH_VARIABLE
                        + "; tried " + tried());
    }

    private @Nullable NativeLibrary fromPath(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            failures.add("no file can have this name");
            return null;
        }
        if (!Files.isDirectory(path)) {
            return tryFile(path);
        }
        boolean found = false;
        for (String name : systemNames()) {
            Path candidate = path.resolve(name);
            if (!new File(name).isAbsolute() && Files.exists(candidate)) {
                found = true;
                NativeLibrary library = tryFile(candidate);
                if (library != null) {
                    return library;
                }
            }
        }
        if (!found) {
            failures.add(path + " (holds none of " + String.join(", ", systemNames()) + ")");
        }
        return null;
    }

    /** JNA would look for a file that is missing elsewhere, and report that place. */
    private @Nullable NativeLibrary tryFile(Path path) {
        Path file = path.toAbsolutePath();
        if (Files.isRegularFile(file)) {
            return tryLoad(file.toString());
        }
        failures.add(file + (Files.exists(file) ? " (is no file)" : " (no such file or folder)"));
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
            failures.add(name + " (" + reason(name, e) + ")");
            return null;
        }
    }

    private static List<String> systemNames() {
        if (Platform.isLinux()) {
            return LINUX_NAMES;
        }
        return Platform.isMac() ? MAC_NAMES : OTHER_NAMES;
    }

    private String tried() {
        return String.join(", ", failures);
    }

    /**
     * Returns the whole reason of the linker on one line, without what JNA adds: repetitions, as it asks for a library
     * by several ways, and the class path.
     */
    private static String reason(String name, UnsatisfiedLinkError e) {
        return Arrays.stream(String.valueOf(e.getMessage()).split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("Unable to load library")
                        && !line.startsWith("Native library ("))
                .map(line -> line.startsWith(name + ": ") ? line.substring(name.length() + 2) : line)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
