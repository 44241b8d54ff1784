// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts an error message of the system's linker into one line with the reason and a remedy. */
final class LinkFailure {
    static final String NOEXEC = "its folder does not allow execution: the file system is mounted noexec";

    /** The messages of glibc and of musl. */
    private static final Pattern MISSING = Pattern.compile("([^\\s:;]+): cannot open shared object file: No such file"
            + "|Error loading shared library ([^\\s:;]+): No such file");

    private static final Pattern TOO_OLD = Pattern.compile("version [`'](GLIBC_[0-9.]+)' not found");

    private LinkFailure() {}

    /**
     * Returns the reason and, if known, the remedy.
     *
     * @param name the name with which the library was loaded
     * @param platform the platform of this process
     */
    static String explain(String name, UnsatisfiedLinkError error, NativePlatform platform) {
        String reason = reason(name, error);
        String remedy = remedy(name, reason, platform);
        return remedy == null ? reason : remedy + " (" + reason + ")";
    }

    private static @Nullable String remedy(String name, String reason, NativePlatform platform) {
        boolean isFile = name.indexOf('/') >= 0 && Files.isRegularFile(Path.of(name));
        if (isFile) {
            ElfHeader header = ElfHeader.read(Path.of(name));
            if (header != null && header.contradicts(platform)) {
                return "wrong architecture: the library is for " + header.arch() + ", this JVM is for "
                        + platform.arch() + "; use the library for " + platform.classifier();
            }
            if (!Files.isReadable(Path.of(name))) {
                return "this user may not read the file";
            }
            if (isForbidden(reason)) {
                return Files.isExecutable(Path.of(name))
                        ? "the system does not allow its execution (SELinux, AppArmor, a memory limit)"
                        : "the file is not executable or " + NOEXEC + "; put it where libraries may be loaded";
            }
        }
        Matcher tooOld = TOO_OLD.matcher(reason);
        if (tooOld.find()) {
            return "the C library of this system is older than "
                    + tooOld.group(1).replace('_', ' ')
                    + ", which the library needs; use a build for an older system, or a newer system";
        }
        return missing(name, reason);
    }

    private static @Nullable String missing(String name, String reason) {
        Matcher missing = MISSING.matcher(reason);
        while (missing.find()) {
            String dependency = missing.group(1) != null ? missing.group(1) : missing.group(2);
            if (dependency.startsWith("libc.musl-")) {
                return "the library is built for musl, this system has glibc; use a build for glibc";
            }
            if (!dependency.equals(name) && name.indexOf('/') >= 0) {
                return "missing dependency: the library needs " + dependency + "; install it";
            }
        }
        return null;
    }

    /** Returns whether the linker was not allowed to map the file. */
    static boolean isForbidden(String reason) {
        return reason.contains("failed to map segment")
                || reason.contains("Operation not permitted")
                || reason.contains("Permission denied");
    }

    /**
     * Returns the complete message of the linker on one line, without JNA's additions: repetitions, because JNA tries
     * several paths, and the class path.
     */
    static String reason(String name, UnsatisfiedLinkError error) {
        return Arrays.stream(String.valueOf(error.getMessage()).split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("Unable to load library")
                        && !line.startsWith("Native library ("))
                .map(line -> line.startsWith(name + ": ") ? line.substring(name.length() + 2) : line)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
