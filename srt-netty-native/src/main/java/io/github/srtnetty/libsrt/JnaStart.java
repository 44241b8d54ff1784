// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import java.util.Objects;

/**
 * Starts JNA. It copies a library of its own, jnidispatch, to a folder and loads it there. So it fails where that
 * folder cannot be written or does not allow execution, before libsrt is looked for.
 */
final class JnaStart {
    private static final String FOLDER_PROPERTY = "jna.tmpdir";

    private JnaStart() {}

    /**
     * Does nothing where JNA works.
     *
     * @throws UnsatisfiedLinkError with the reason and what to do
     */
    static void ensure() {
        int pointerBytes;
        try {
            pointerBytes = Native.POINTER_SIZE;
        } catch (UnsatisfiedLinkError e) {
            throw explained(e);
        } catch (NoClassDefFoundError e) { // a second try; the first was that of somebody else
            if (!Objects.toString(e.getMessage(), "").startsWith("Could not initialize class")) {
                throw e;
            }
            throw explained(e);
        }
        if (pointerBytes != Long.BYTES) {
            throw new UnsatisfiedLinkError("libsrt needs a 64-bit JVM, this one is " + System.getProperty("os.arch"));
        }
    }

    private static UnsatisfiedLinkError explained(LinkageError error) {
        String reason = reasonOf(error);
        String setting = System.getProperty(FOLDER_PROPERTY, "");
        String folder = setting.isEmpty() ? "a folder JNA/temp in the user's cache, or java.io.tmpdir" : setting;
        String remedy = LinkFailure.isForbidden(reason)
                ? LinkFailure.NOEXEC + "; set -D" + FOLDER_PROPERTY
                        + " to a folder where files may be written and executed"
                : "set -D" + FOLDER_PROPERTY + " to a folder where files may be written and executed, or"
                        + " -Djna.boot.library.path to the folder of an installed jnidispatch";
        UnsatisfiedLinkError explained =
                new UnsatisfiedLinkError("JNA, which srt-netty calls libsrt by, cannot load its"
                        + " own library jnidispatch from " + folder + ": " + reason + "; " + remedy);
        explained.initCause(error);
        return explained;
    }

    private static String reasonOf(LinkageError error) {
        Throwable first = error;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
