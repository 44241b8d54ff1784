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
 * Recognises whether a build of libsrt has the fixes of CVE-2026-55869 (a peer overflows the stack by a long KMREQ or
 * KMRSP) and CVE-2026-55868 (a peer takes encryption back by a forged key refresh).
 *
 * <p>Version 1.5.6 is the first release that has them. Distributions put them into older versions without a new number,
 * so the version alone says too little. Both fixes came with new lines for the log (Haivision/srt#3319 and #3345),
 * whose text lies in the library's file. A library that was built without logging has neither text and is not
 * recognised, whether it has the fixes or not.
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
     * Returns one line that says what is not known to be fixed, null where all is.
     *
     * @param place where the library is
     * @param hasFixes whether they {@linkplain #areIn(byte[]) are in} the library's bytes
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
     * Returns the file that the system's loader took the library from ({@code dladdr}), {@code otherwise} where
     * {@code dladdr} fails.
     */
    static String fileOf(NativeLibrary library, String otherwise) {
        Map<String, ?> own =
                Map.of(Library.OPTION_CLASSLOADER, SecurityFixes.class.getClassLoader()); // shared with nobody
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

    /** Returns whether the file has the texts of both fixes; false where it cannot be read. */
    static boolean areIn(String file) {
        try {
            Path path = Path.of(file);
            return Files.size(path) <= LARGEST_FILE && areIn(Files.readAllBytes(path));
        } catch (IOException
                | RuntimeException e) { // a name that is no path, or a file that cannot be read: not recognised
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
