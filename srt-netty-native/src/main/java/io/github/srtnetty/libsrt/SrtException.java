// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.io.IOException;

/** A failed call of libsrt, with the function, its object, libsrt's error code and the system's error. */
public final class SrtException extends IOException {
    private static final long serialVersionUID = 1;

    private final String function;
    private final int code;
    private final int errno;

    SrtException(String function, String subject, int code, int errno, String text) {
        super(message(function, subject, code, text));
        this.function = function;
        this.code = code;
        this.errno = errno;
    }

    /** Returns the C name of the function that failed, for example {@code srt_bind}. */
    public String function() {
        return function;
    }

    /**
     * Returns the error, or {@link SrtError#UNKNOWN} for a number that this version does not know; see {@link #code()}.
     */
    public SrtError error() {
        return SrtError.of(code);
    }

    /** Returns libsrt's error number. */
    public int code() {
        return code;
    }

    /** Returns the system's {@code errno} for the error, or 0 if there is none. */
    public int errno() {
        return errno;
    }

    private static String message(String function, String subject, int code, String text) {
        return function + "(" + subject + "): " + SrtError.of(code) + " (" + code + "): " + text;
    }
}
