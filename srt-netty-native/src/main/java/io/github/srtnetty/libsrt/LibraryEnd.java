// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/** Ends libsrt with a time-out, because its threads may deadlock at the end (Haivision/srt#2841). */
final class LibraryEnd {
    static final String HANGS = "libsrt did not end within 10 s: its threads are in a deadlock (Haivision/srt#2841)";

    private static final long MOST_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private LibraryEnd() {}

    /** Calls {@code srt_cleanup}; returns whether it returned within 10 s. */
    static boolean cleanUp() {
        Thread thread = new Thread(null, LibSrt::srt_cleanup, "srt-cleanup", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
        while (thread.isAlive()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
