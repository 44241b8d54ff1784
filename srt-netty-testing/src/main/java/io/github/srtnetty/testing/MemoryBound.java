// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.time.Duration;

/**
 * Fails when the resident memory of this process grows too much. Where there is {@code malloc_trim} (glibc), what was
 * freed is given back to the system first: libsrt frees a failed connection after 1 to 2 s, and glibc keeps that
 * memory.
 */
public final class MemoryBound {
    /** The memory that may be held under way: half a MiB for each of the handshakes of about 2 s. */
    private static final long MOST_UNDER_WAY = 1536L << 20;
    /** The memory that may be left at the end: heap and compiled code of the JVM. */
    private static final long MOST_LEFT = 256L << 20;
    /** A look costs about a millisecond. */
    private static final int LOOK_EVERY = 16;

    private final Function trim = trimFunction();
    private final long before;
    private long peak;
    private int looks;

    public MemoryBound() {
        before = resident();
        peak = before;
    }

    /** Looks now and then. */
    public void check() {
        if (++looks % LOOK_EVERY == 0) {
            peak = Math.max(peak, resident());
            assertThat(peak - before).as("growth of the resident memory").isLessThan(MOST_UNDER_WAY);
        }
    }

    /** Waits until libsrt has freed what was closed. */
    public void checkAtTheEnd() {
        Await.until("the memory is given back", Duration.ofSeconds(20), () -> resident() - before < MOST_LEFT);
    }

    private long resident() {
        if (trim != null) {
            trim.invokeInt(new Object[] {0});
        }
        return ProcessMemory.residentBytes();
    }

    private static Function trimFunction() {
        try {
            return NativeLibrary.getInstance("c").getFunction("malloc_trim");
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "resident memory before " + (before >> 20) + " MiB, at most " + (peak >> 20) + " MiB";
    }
}
