// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/**
 * Reads libsrt's errors; no other class calls {@code srt_getlasterror}. Call it only after a failure, because a
 * successful call does not reset the error. Call it on the thread of the failed call and before any other call.
 */
final class SrtErrors {
    static final int SRT_ERROR = -1;

    private SrtErrors() {}

    /** Returns the error number of this thread's last failed call. */
    static int lastCode() {
        return LibSrt.srt_getlasterror(0);
    }

    /** Returns {@code result}, or throws the last error if it is {@link #SRT_ERROR}. */
    static int check(int result, String function, Object subject) throws SrtException {
        if (result == SRT_ERROR) {
            throw last(function, subject);
        }
        return result;
    }

    /** Creates an exception from the last error of this thread. */
    static SrtException last(String function, Object subject) {
        int code = lastCode(); // before anything that may block this thread
        String text = LibSrt.srt_getlasterror_str();
        Scratch scratch = Scratch.get();
        LibSrt.srt_getlasterror(scratch.errnoAddress());
        int errno = scratch.errno();
        return new SrtException(function, String.valueOf(subject), code, errno, text + systemText(errno));
    }

    /** Returns the system's text for {@code errno}, which libsrt's message does not contain. */
    private static String systemText(int errno) {
        if (errno == 0) {
            return "";
        }
        try {
            Function strerror = NativeLibrary.getProcess().getFunction("strerror");
            return ": " + strerror.invokeString(new Object[] {errno}, false) + " (errno " + errno + ")";
        } catch (UnsatisfiedLinkError e) { // the system's C library cannot be loaded
            return ": errno " + errno;
        }
    }
}
