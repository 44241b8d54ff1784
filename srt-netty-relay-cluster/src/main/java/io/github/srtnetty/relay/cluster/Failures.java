// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.concurrent.CompletionException;

/** Failures of the engine as text. */
final class Failures {
    private static final int LONGEST = 200;

    private Failures() {}

    /** Returns what failed in at most 200 characters, without the wrappers of other threads. */
    static String inOneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message =
                cause.getMessage() == null ? "" : ": " + cause.getMessage().replaceAll("\\s+", " ");
        String line = cause.getClass().getSimpleName() + message;
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }

    /** Returns the innermost cause. */
    static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
