// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether a build of libsrt has the fixes of CVE-2026-55869 (a peer overflows the stack with a long KMREQ or
 * KMRSP) and CVE-2026-55868 (a peer turns encryption off with a forged key refresh).
 *
 * <p>Version 1.5.6 is the first release with the fixes. Distributions backport them to older versions without a new
 * version number, so the version is not sufficient. Both fixes added log messages (Haivision/srt#3319 and #3345), whose
 * texts are in the library's file. A library that was built without logging has neither text, so its fixes are not
 * detected.
 */
final class SecurityFixes {
    private static final int FIRST_RELEASE = 0x010506;
    /** {@code Dl_info} of {@code dlfcn.h}: four pointers, of which the first is the file's name. */
    private static final long DL_INFO_BYTES = 4 * 8;

    private static final long LARGEST_FILE = 64 << 20;
    private static final List<String> TEXTS =
            List.of("processSrtMsg_KMRSP: malformed len", "KMX refresh came in with a DIFFERENT KEY LEN");

    private SecurityFixes() {}

    /**
     * Returns one line about fixes that were not found, or null if the library has all fixes.
     *
     * @param place the location of the library
     * @param hasFixes whether the fixes {@linkplain #areIn(byte[]) are in} the library's bytes
     */
    static @Nullable String warning(int version, String place, boolean hasFixes) {
        if (version >= FIRST_RELEASE || hasFixes) {
            return null;
        }
        return "the fixes of CVE-2026-55868 and CVE-2026-55869 were not found in " + place + " (libsrt "
                + versionText(version)
                + "): anyone who can send to its ports may be able to crash or take over this process."
                + " Use libsrt 1.5.6 or newer, or a package that has the fixes";
    }

    /**
     * Returns the file from which the system loaded the library ({@code dladdr}), or {@code otherwise} if {@code
     * dladdr} fails.
     */
    static String fileOf(NativeLibrary library, String otherwise) {
        Map<String, ?> own = Map.of(Library.OPTION_CLASSLOADER, SecurityFixes.class.getClassLoader()); // not shared
        try (NativeLibrary process = NativeLibrary.getProcess(own);
                Memory info = new Memory(DL_INFO_BYTES)) {
            info.clear();
            Function dladdr = process.getFunction("dladdr");
            Function inside = library.getFunction("srt_getversion");
            boolean known = dladdr.invokeInt(new Object[] {inside, info}) != 0;
            Pointer name = info.getPointer(0);
            return known && name != null ? name.getString(0) : otherwise;
        } catch (UnsatisfiedLinkError e) {
            return otherwise;
        }
    }

    /** Returns whether the file has the texts of both fixes; false if it cannot be read. */
    static boolean areIn(String file) {
        try {
            Path path = Path.of(file);
            return Files.size(path) <= LARGEST_FILE && areIn(Files.readAllBytes(path));
        } catch (IOException | RuntimeException e) { // the name is not a path, or the file cannot be read: not detected
            return false;
        }
    }

    /** Returns whether a library of these bytes has the texts of both fixes. */
    static boolean areIn(byte[] library) {
        String content = new String(library, StandardCharsets.ISO_8859_1);
        return TEXTS.stream().allMatch(content::contains);
    }

    /** Returns a version as text, for example {@code 1.5.1}. */
    static String versionText(int version) {
        return (version >>> 16) + "." + (version >>> 8 & 0xFF) + "." + (version & 0xFF);
    }
}
