// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/**
 * Reads libsrt's errors; nothing else calls {@code srt_getlasterror}. It must be asked on the thread of the
 * failed call, before any other call, and only after a failure, as a call that succeeds does not reset it.
 */
final class SrtErrors {
    static final int SRT_ERROR = -1;

    private SrtErrors() {}

    /** Returns the number of the error that the last call of this thread failed with. */
    static int lastCode() {
        return LibSrt.srt_getlasterror(0);
    }

    /** Returns {@code result}, or throws what made it {@link #SRT_ERROR}. */
    static int check(int result, String function, Object subject) throws SrtException {
        if (result == SRT_ERROR) {
            throw last(function, subject);
        }
        return result;
    }

    /** Makes an exception of the last error of this thread. */
    static SrtException last(String function, Object subject) {
        int code = lastCode(); // before anything that may make this thread wait
        String text = LibSrt.srt_getlasterror_str();
        Scratch scratch = Scratch.get();
        LibSrt.srt_getlasterror(scratch.errnoAddress());
        int errno = scratch.errno();
        return new SrtException(function, String.valueOf(subject), code, errno, text + systemText(errno));
    }

    /** Returns what the system says of {@code errno}, which libsrt leaves out. */
    private static String systemText(int errno) {
        if (errno == 0) {
            return "";
        }
        try {
            Function strerror = NativeLibrary.getProcess().getFunction("strerror");
            return ": " + strerror.invokeString(new Object[] {errno}, false) + " (errno " + errno + ")";
        } catch (UnsatisfiedLinkError e) { // a system that hides its C library
            return ": errno " + errno;
        }
    }
}
