// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.NativeLibrary;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds libsrt. The property {@code srt.library.path} (a file, or a folder that holds it) comes first, then the
 * environment variable {@code SRT_LIBRARY_PATH}. If neither is set, it uses the library in a jar {@code
 * srt-netty-native} with a classifier ({@link BundledLibrary}), then the system's library.
 */
final class SrtLoader {
    static final String PATH_PROPERTY = "srt.library.path";
    /** The environment variable with the same meaning; {@code bin/srt-netty} sets the property from it. */
    static final String PATH_VARIABLE = "SRT_LIBRARY_PATH";

    private static final List<String> LINUX_NAMES =
            List.of("libsrt.so.1.5", "libsrt-openssl.so.1.5", "libsrt-gnutls.so.1.5", "libsrt.so", "libsrt-gnutls.so");
    private static final List<String> MAC_NAMES = List.of(
            "libsrt.dylib",
            "libsrt.1.5.dylib",
            "/opt/homebrew/lib/libsrt.dylib",
            "/usr/local/lib/libsrt.dylib",
            "/opt/local/lib/libsrt.dylib");
    private static final List<String> WINDOWS_NAMES = List.of("srt", "libsrt");
    private static final List<String> OTHER_NAMES = List.of("libsrt.so", "srt");

    private final NativePlatform platform;
    private final List<String> failures = new ArrayList<>();

    private SrtLoader(NativePlatform platform) {
        this.platform = platform;
    }

    /**
     * Loads the first library that can be loaded.
     *
     * @throws UnsatisfiedLinkError with every location that was tried and what to install
     */
    static LoadedLibrary load() {
        JnaStart.ensure();
        return new SrtLoader(NativePlatform.current()).find();
    }

    private LoadedLibrary find() {
        String property = System.getProperty(PATH_PROPERTY, "");
        String variable = Objects.requireNonNullElse(System.getenv(PATH_VARIABLE), "");
        String path = property.isEmpty() ? variable : property;
        if (!path.isEmpty()) {
            return fromSetting(path, path.equals(variable) ? PATH_VARIABLE : "-D" + PATH_PROPERTY);
        }
        BundledLibrary bundled = BundledLibrary.find(platform, SrtLoader.class.getClassLoader());
        LoadedLibrary library = bundled == null ? null : fromJar(bundled);
        if (library != null) {
            return library;
        }
        if (bundled == null) {
            failures.add(platform.resource() + " (not on the class path" + otherPlatforms() + ")");
        }
        LoadedLibrary installed = fromSystem(bundled != null);
        if (bundled != null && SrtLog.hasWarnings()) {
            SrtLog.warning("cannot use the bundled libsrt, so " + installed.source() + " is used: " + failures.get(0));
        }
        return installed;
    }

    private LoadedLibrary fromSetting(String path, String setting) {
        NativeLibrary library = fromPath(path);
        if (library != null) {
            return LoadedLibrary.ofFile(library);
        }
        throw new UnsatisfiedLinkError(setting + '=' + path + ": no libsrt there: " + tried()
                + "; name its file or folder, or leave this out to use the one that is bundled or installed");
    }

    private @Nullable LoadedLibrary fromJar(BundledLibrary bundled) {
        try {
            return bundled.load();
        } catch (BundledLibrary.Unusable e) {
            failures.add(bundled.source() + " (" + e.getMessage() + ")");
            return null;
        }
    }

    // A jar with the wrong classifier is a common mistake.
    private String otherPlatforms() {
        ClassLoader loader = SrtLoader.class.getClassLoader();
        return platform.others().stream()
                .filter(other -> loader.getResource(other.resource()) != null)
                .map(other -> "; the one that is there is for " + other.classifier())
                .collect(Collectors.joining());
    }

    private LoadedLibrary fromSystem(boolean hasBundled) {
        for (String name : systemNames()) {
            NativeLibrary library = tryLoad(name);
            if (library != null) {
                return LoadedLibrary.ofFile(library);
            }
        }
        throw new UnsatisfiedLinkError("libsrt not found on " + platform.classifier() + ": "
                + platform.advice(hasBundled) + "; tried " + tried());
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

    // JNA would search other folders for a missing file, and report those.
    private @Nullable NativeLibrary tryFile(Path path) {
        Path file = path.toAbsolutePath();
        if (Files.isRegularFile(file)) {
            return tryLoad(file.toString());
        }
        failures.add(file + (Files.exists(file) ? " (is no file)" : " (no such file or folder)"));
        return null;
    }

    private @Nullable NativeLibrary tryLoad(String name) {
        try {
            return NativeLibrary.getInstance(name);
        } catch (UnsatisfiedLinkError e) {
            failures.add(name + " (" + LinkFailure.explain(name, e, platform) + ")");
            return null;
        }
    }

    private List<String> systemNames() {
        return switch (platform.os()) {
            case "linux" -> LINUX_NAMES;
            case "osx" -> MAC_NAMES;
            case "windows" -> WINDOWS_NAMES;
            default -> OTHER_NAMES;
        };
    }

    private String tried() {
        return String.join(", ", failures);
    }
}
