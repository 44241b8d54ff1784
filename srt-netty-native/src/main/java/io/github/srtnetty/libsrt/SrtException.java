// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.io.IOException;

/** A call of libsrt that failed: which function, on what, with which code and system error. */
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

    /** Returns the error, {@link SrtError#UNKNOWN} for a number that is new; see {@link #code()}. */
    public SrtError error() {
        return SrtError.of(code);
    }

    /** Returns libsrt's error number. */
    public int code() {
        return code;
    }

    /** Returns the system's {@code errno} that goes with it, 0 where there is none. */
    public int errno() {
        return errno;
    }

    private static String message(String function, String subject, int code, String text) {
        return function + "(" + subject + "): " + SrtError.of(code) + " (" + code + "): " + text;
    }
}
