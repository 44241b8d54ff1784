// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last statistics of a connection, because libsrt returns none once the peer is gone. Any thread may sample,
 * all else on the event loop.
 */
final class StatisticsCache {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Samples a socket. */
    @FunctionalInterface
    interface Source {
        /** Returns a new sample, null where libsrt gives none. */
        @Nullable
        SrtStatistics sample(boolean clearInterval);
    }

    private record Kept(@Nullable SrtStatistics statistics, boolean isFinal) {}

    private final Source source;
    private final CloseReasonTracker reasons;
    private final AtomicReference<Kept> last = new AtomicReference<>(new Kept(null, false));
    private long sampledNanos;

    /** Creates one that samples {@code source}, and passes the samples of the event loop on to {@code reasons}. */
    StatisticsCache(Source source, CloseReasonTracker reasons) {
        this.source = source;
        this.reasons = reasons;
    }

    /** Takes a first sample, as the connection is up. */
    void connected(long nowNanos) {
        sampledNanos = nowNanos;
        sample(false);
    }

    /** Samples and keeps the sample; returns the last one where there is no new one. Any thread. */
    @Nullable
    SrtStatistics sample(boolean clearInterval) {
        keep(source.sample(clearInterval), false);
        return last();
    }

    /** Returns the last sample, null where there never was one. Any thread. */
    @Nullable
    SrtStatistics last() {
        return Objects.requireNonNull(last.get()).statistics;
    }

    /** Samples where the last sample is too old. Called after each turn of reading or writing. */
    void turnEnded(long nowNanos) {
        if (nowNanos - sampledNanos >= SAMPLE_NANOS) {
            sampledNanos = nowNanos;
            SrtStatistics sample = source.sample(false);
            keep(sample, false);
            if (sample != null) { // an old one, once the connection is gone, shows nothing of now
                reasons.sampled(sample, nowNanos);
            }
        }
    }

    /** Takes the last sample of a connection: no other replaces it. */
    void end() {
        keep(source.sample(false), true);
    }

    /** Keeps a sample, but for one that another thread took before the final one and brings after it. */
    private void keep(@Nullable SrtStatistics sample, boolean isFinal) {
        last.updateAndGet(kept -> kept.isFinal ? kept : new Kept(sample == null ? kept.statistics : sample, isFinal));
    }
}
