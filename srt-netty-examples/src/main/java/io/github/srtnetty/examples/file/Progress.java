// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Terminal;
import io.github.srtnetty.libsrt.PeerText;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A progress bar on standard error with rate and remaining time, if that is a terminal. A resumed transfer prints a
 * line first.
 */
final class Progress implements AutoCloseable {
    /** The size is not known before the end. */
    static final long UNKNOWN = -1;

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int BAR = 30;

    private final String name;
    private final long total;
    private final long skipped;
    private final boolean shown;
    private final long startNanos = System.nanoTime();
    private long nextNanos = startNanos;
    private boolean open; // a line without an end stands on the terminal

    /** Shows the progress of {@code total} bytes, of which some were already present. */
    Progress(String name, long skipped, long total) {
        this(name, skipped, total, Terminal.isErrors());
        if (skipped > 0) {
            System.err.printf(Locale.ROOT, "srt-netty: %s resumes at %,d of %,d bytes%n", this.name, skipped, total);
        }
    }

    private Progress(String name, long skipped, long total, boolean shown) {
        this.name = PeerText.printable(name);
        this.skipped = skipped;
        this.total = total;
        this.shown = shown;
    }

    /** Sets how many bytes are done. */
    void at(long bytes) {
        if (shown && System.nanoTime() - nextNanos >= 0) {
            nextNanos = System.nanoTime() + EVERY_NANOS;
            open = true;
            System.err.print('\r' + line(bytes, System.nanoTime() - startNanos) + "\033[K");
        }
    }

    /** Leaves the last state standing. */
    void end(long bytes) {
        if (shown) {
            open = false;
            System.err.println('\r' + line(bytes, System.nanoTime() - startNanos) + "\033[K");
        }
    }

    /** Ends the line of a transfer that failed: the next message begins on a new line. */
    @Override
    public void close() {
        if (open) {
            open = false;
            System.err.println();
        }
    }

    String line(long bytes, long nanos) {
        double rate = (bytes - skipped) * 1e9 / Math.max(1, nanos);
        if (total == UNKNOWN) {
            return String.format(Locale.ROOT, "%s %.1f MB %.1f MB/s", name, bytes / 1e6, rate / 1e6);
        }
        double share = total == 0 ? 1 : (double) bytes / total;
        int filled = (int) (share * BAR);
        long left = rate > 0 ? (long) Math.ceil((total - bytes) / rate) : 0;
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f%% %.1f MB/s ETA %d:%02d",
                name,
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                share * 100,
                rate / 1e6,
                left / 60,
                left % 60);
    }
}
