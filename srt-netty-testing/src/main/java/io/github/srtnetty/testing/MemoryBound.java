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
    /** The memory that may be left at the end beside the Java heap: classes and compiled code of the JVM. */
    private static final long MOST_LEFT = 256L << 20;
    /** A look costs about a millisecond. */
    private static final int LOOK_EVERY = 16;

    private final Function trim = trimFunction();
    private final long before;
    private final long usedHeapBefore;
    private long peak;
    private int looks;

    /** Notes the memory now. */
    public MemoryBound() {
        before = resident();
        usedHeapBefore =
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
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
        Await.until(
                "the memory is given back, of " + before,
                Duration.ofSeconds(20),
                () -> resident() - before - heapGrowth() < MOST_LEFT);
    }

    /** Returns the most that the Java heap may have grown by; the looks themselves make garbage. */
    private long heapGrowth() {
        return Math.max(0, Runtime.getRuntime().totalMemory() - usedHeapBefore);
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
