// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes a library as a jar holds it, and breaks libraries in ways that the system's linker reports. */
final class BundledFiles {
    private static final int MACHINE = 18;
    private static final byte S390 = 22;

    private BundledFiles() {}

    /** Writes the library and its digest. */
    static void write(Path classes, NativePlatform platform, byte[] library) throws IOException {
        Path file = classes.resolve(platform.resource());
        Files.createDirectories(file.getParent());
        Files.write(file, library);
        String digest = sha256(library) + "  " + file.getFileName() + "\n";
        Files.writeString(classes.resolve(platform.resource() + BundledLibrary.DIGEST_SUFFIX), digest);
    }

    static byte[] forAnotherProcessor(byte[] library) {
        byte[] other = library.clone();
        other[MACHINE] = S390;
        other[MACHINE + 1] = 0;
        return other;
    }

    /** Replaces one text by another of the same length, everywhere. */
    static byte[] replaced(byte[] library, String text, String by) {
        String content = new String(library, ISO_8859_1);
        if (text.length() != by.length() || !content.contains(text + '\0')) {
            throw new IllegalArgumentException(text + " by " + by);
        }
        return content.replace(text + '\0', by + '\0').getBytes(ISO_8859_1);
    }

    /** Returns the name of a version of glibc's symbols that the library needs, for example {@code GLIBC_2.34}. */
    static String versionOfTheCLibrary(byte[] library) {
        return Pattern.compile("GLIBC_2\\.[0-9]+(?=\0)")
                .matcher(new String(library, ISO_8859_1))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
