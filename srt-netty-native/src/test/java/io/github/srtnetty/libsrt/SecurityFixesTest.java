// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SecurityFixesTest {
    private static final int OLD = 0x010501;
    private static final String OVERFLOW = "processSrtMsg_KMRSP: malformed len ";
    private static final String REFRESH = "processSrtMsg_KMREQ: KMX refresh came in with a DIFFERENT KEY LEN: ";

    @TempDir
    Path folder;

    /** Returns a file of noise with the texts in it, each on its own as in a library. */
    private String library(String... texts) throws IOException {
        Path file = folder.resolve("libsrt.so");
        StringBuilder content = new StringBuilder(noise());
        for (String text : texts) {
            content.append('\0').append(text).append('\0').append(noise());
        }
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        return file.toString();
    }

    private static String noise() {
        byte[] bytes = new byte[10_000];
        new Random(1).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String warning(int version, String file) {
        return SecurityFixes.warning(version, file, SecurityFixes.areIn(file));
    }

    @Test
    void recognisesARelease_andAnOlderOneWithBothFixes() throws IOException {
        assertThat(warning(0x010506, "nowhere")).isNull();
        assertThat(warning(0x010600, library())).isNull();
        assertThat(warning(OLD, library(OVERFLOW, REFRESH))).isNull();
    }

    @Test
    void warnsOfALibraryWithoutOneOfThem_inOneLineThatSaysWhatToDo() throws IOException {
        for (String[] texts : new String[][] {{}, {OVERFLOW}, {REFRESH}}) {
            String file = library(texts);
            assertThat(warning(OLD, file))
                    .contains("CVE-2026-55868", "CVE-2026-55869", file, "libsrt 1.5.1", "Use libsrt 1.5.6 or newer")
                    .hasLineCount(1);
        }
    }

    @Test
    void warns_whenTheFileCannotBeRead() {
        assertThat(warning(OLD, "srt")).isNotNull();
        assertThat(warning(OLD, folder.toString())).isNotNull();
        assertThat(warning(OLD, "no\0path")).isNotNull();
    }

    @Test
    void findsTheFileOfALibrary_thatWasLoadedByItsName() {
        NativeLibrary library = SrtLoader.load().library();

        assertThat(Path.of(SecurityFixes.fileOf(library, "unknown")))
                .isAbsolute()
                .isRegularFile()
                .satisfies(file -> assertThat(file.getFileName().toString()).startsWith("libsrt"));
    }

    /** Whatever library runs the tests: what is returned is what was logged. */
    @Test
    void logsTheWarningOnce_whenTheLibraryIsLoaded() throws Exception {
        ChildJvm.Result child = ChildJvm.run("securityWarning");
        String warning = Srt.securityWarning();
        assertThat(child.lines())
                .containsExactly(
                        "warning=" + warning,
                        "logged=" + (warning == null ? List.of() : List.of("WARNING " + warning)));
    }
}
