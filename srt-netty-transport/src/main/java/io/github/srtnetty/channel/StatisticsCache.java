// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last statistics of a connection, because libsrt returns none after the peer has left. Any thread may
 * sample; everything else runs on the event loop.
 */
final class StatisticsCache {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Samples a socket. */
    @FunctionalInterface
    interface Source {
        /** Returns a new sample, or null if libsrt returns none. */
        @Nullable
        SrtStatistics sample(boolean clearInterval);
    }

    private record Kept(@Nullable SrtStatistics statistics, boolean isFinal) {}

    private final Source source;
    private final CloseReasonTracker reasons;
    private final AtomicReference<Kept> last = new AtomicReference<>(new Kept(null, false));
    private long sampledNanos;

    /** Creates a cache that samples {@code source}, and passes the samples of the event loop to {@code reasons}. */
    StatisticsCache(Source source, CloseReasonTracker reasons) {
        this.source = source;
        this.reasons = reasons;
    }

    /** Takes the first sample when the connection is up. */
    void connected(long nowNanos) {
        sampledNanos = nowNanos;
        sample(false);
    }

    /** Takes and keeps a sample; returns the last one if libsrt returns none. Any thread. */
    @Nullable
    SrtStatistics sample(boolean clearInterval) {
        keep(source.sample(clearInterval), false);
        return last();
    }

    /** Returns the last sample, or null if there never was one. Any thread. */
    @Nullable
    SrtStatistics last() {
        return Objects.requireNonNull(last.get()).statistics;
    }

    /** Takes a sample if the last one is too old. Called after each turn of reading or writing. */
    void turnEnded(long nowNanos) {
        if (nowNanos - sampledNanos >= SAMPLE_NANOS) {
            sampledNanos = nowNanos;
            SrtStatistics sample = source.sample(false);
            keep(sample, false);
            if (sample != null) { // after the connection is gone, an old sample shows nothing about the present
                reasons.sampled(sample, nowNanos);
            }
        }
    }

    /** Takes the final sample of a connection, which no other sample replaces. */
    void end() {
        keep(source.sample(false), true);
    }

    /** Keeps a sample, unless another thread took it before the final one and passes it after the final one. */
    private void keep(@Nullable SrtStatistics sample, boolean isFinal) {
        last.updateAndGet(kept -> kept.isFinal ? kept : new Kept(sample == null ? kept.statistics : sample, isFinal));
    }
}
