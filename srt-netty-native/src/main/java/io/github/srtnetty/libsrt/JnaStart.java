// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import java.util.Objects;

/**
 * Starts JNA. JNA copies its own library, jnidispatch, to a folder and loads it there. If that folder is not writable
 * or does not allow execution, the start fails before libsrt is searched.
 */
final class JnaStart {
    private static final String FOLDER_PROPERTY = "jna.tmpdir";

    private JnaStart() {}

    /**
     * Checks that JNA works.
     *
     * @throws UnsatisfiedLinkError when it does not, with the reason and a remedy
     */
    static void ensure() {
        int pointerBytes;
        try {
            pointerBytes = Native.POINTER_SIZE;
        } catch (UnsatisfiedLinkError e) {
            throw explained(e);
        } catch (NoClassDefFoundError e) { // a second attempt; other code made the first one
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
                new UnsatisfiedLinkError("JNA, through which srt-netty calls libsrt, cannot load its"
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
