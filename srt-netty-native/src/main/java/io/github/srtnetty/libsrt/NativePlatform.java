// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The operating system, processor and C library of this process. Names are those of os-maven-plugin, as in Netty's
 * classifiers.
 *
 * @param os {@code linux}, {@code osx}, {@code windows}, or the system's own name in lower case
 * @param arch {@code x86_64}, {@code aarch_64}, or the JVM's own name in lower case
 * @param musl whether the C library is musl (Linux only)
 */
record NativePlatform(String os, String arch, boolean musl) {
    private static final Path LIBRARIES = Path.of("/lib");
    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

    /** Returns the platform of this process. */
    static NativePlatform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), isMusl());
    }

    /** Returns the platform of a JVM with these system properties. */
    static NativePlatform of(String osName, String osArch, boolean musl) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac") || os.startsWith("darwin")) {
            os = "osx";
        } else if (os.startsWith("windows")) {
            os = "windows";
        }
        arch = switch (arch) {
            case "amd64", "x86-64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            case "ppc64" -> "ppc_64";
            case "ppc64le" -> "ppcle_64";
            case "s390x" -> "s390_64";
            case "loongarch64" -> "loongarch_64";
            default -> arch;
        };
        return new NativePlatform(os, arch, musl && os.equals("linux"));
    }

    private static boolean isMusl() {
        String maps = "";
        boolean hasLoader = false;
        try {
            maps = Files.readString(MAPPED_FILES);
        } catch (IOException e) { // not Linux, or no /proc
            maps = "";
        }
        try (DirectoryStream<Path> loaders = Files.newDirectoryStream(LIBRARIES, "ld-musl-*")) {
            hasLoader = loaders.iterator().hasNext();
        } catch (IOException e) { // no such folder
            hasLoader = false;
        }
        return isMusl(maps, hasLoader);
    }

    /**
     * Returns whether the C library is musl. The mapped files of the process decide first, because musl's loader may be
     * installed on a system with glibc.
     *
     * @param maps the content of {@code /proc/self/maps}; empty if it cannot be read
     * @param hasLoader whether there is a file {@code /lib/ld-musl-*}
     */
    static boolean isMusl(String maps, boolean hasLoader) {
        if (maps.contains("/ld-musl-") || maps.contains("/libc.musl-")) {
            return true;
        }
        boolean glibc = maps.contains("/libc.so.6") || maps.contains("/libc-2.") || maps.contains("/ld-linux");
        return !glibc && hasLoader;
    }

    /** Returns the classifier of this platform's jar, for example {@code linux-x86_64}. */
    String classifier() {
        return os + (musl ? "-musl-" : "-") + arch;
    }

    /** Returns the name of the library in that jar. */
    String resource() {
        return "META-INF/native/libsrt_" + classifier().replace('-', '_') + ".so";
    }

    /** Returns the other platforms that the project builds a library for. */
    List<NativePlatform> others() {
        return Stream.of("x86_64", "aarch_64")
                .map(other -> new NativePlatform("linux", other, false))
                // not equals() of the record: the JDK keeps the class of the last one that was used, and so its class
                // loader
                .filter(other -> !other.classifier().equals(classifier()))
                .toList();
    }

    /** Returns whether the project builds a library for this platform. */
    boolean isBundled() {
        return os.equals("linux") && !musl && (arch.equals("x86_64") || arch.equals("aarch_64"));
    }

    /**
     * Returns the advice to show when no library was found.
     *
     * @param hasBundled whether the class path has a library for this platform
     */
    String advice(boolean hasBundled) {
        String setting = "set -D" + SrtLoader.PATH_PROPERTY + " or " + SrtLoader.PATH_VARIABLE;
        return switch (os) {
            case "windows" ->
                "there is no bundled library for Windows: build libsrt 1.5 (vcpkg install libsrt) and " + setting
                        + " to the file srt.dll; srt-netty is not tested on Windows";
            case "osx" ->
                "there is no bundled library for macOS: install libsrt (Homebrew: brew install srt; MacPorts: port"
                        + " install srt) or " + setting + " to the file libsrt.dylib";
            case "linux" -> linuxAdvice(setting + " to its file", hasBundled);
            default -> "there is no bundled library for " + classifier() + ": build libsrt 1.5 and " + setting;
        };
    }

    private String linuxAdvice(String setting, boolean hasBundled) {
        String none = "there is no bundled library for ";
        if (musl) {
            return none + "musl: install libsrt (Alpine: apk add libsrt) or " + setting;
        }
        String bundled = "make the bundled library usable, or install libsrt";
        if (!isBundled()) {
            bundled = none + classifier() + ": install libsrt";
        } else if (!hasBundled) {
            bundled = "add srt-netty-native with the classifier " + classifier()
                    + " to the class path, or install libsrt";
        }
        return bundled + " (Debian, Ubuntu: libsrt1.5-openssl; Fedora: srt-libs; Arch, Homebrew: srt), or " + setting;
    }
}
