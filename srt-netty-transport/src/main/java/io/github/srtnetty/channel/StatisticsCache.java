// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Samples the statistics of a connection at intervals and keeps the last sample, because libsrt returns none after the
 * peer has left. The samples also show when the peer last sent something, which may be long after the channel's last
 * turn: acknowledgements arrive while libsrt sends its buffer, and packets while none is due. Any thread may sample;
 * everything else runs on the event loop.
 */
final class StatisticsCache {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Timers end at multiples of this time, so that a loop with many idle channels wakes for many at a time. */
    private static final long GRID_NANOS = TimeUnit.MILLISECONDS.toNanos(125);

    private static final long LATE_NANOS = 2 * SAMPLE_NANOS;

    /** Samples a socket. */
    @FunctionalInterface
    interface Source {
        /** Returns a new sample, or null if libsrt returns none. */
        @Nullable
        SrtStatistics sample(boolean clearInterval);
    }

    private record Kept(@Nullable SrtStatistics statistics, boolean isFinal) {}

    private final Source source;
    private final LoopHandle loop;
    private final CloseReasonTracker reasons;
    private final AtomicReference<Kept> last = new AtomicReference<>(new Kept(null, false));
    private @Nullable Future<?> timer;
    private long sampledNanos;
    private boolean connected;

    /** Creates a cache that samples {@code source} on a loop, and passes these samples to {@code reasons}. */
    StatisticsCache(Source source, LoopHandle loop, CloseReasonTracker reasons) {
        this.source = source;
        this.loop = loop;
        this.reasons = reasons;
    }

    /** Takes the first sample when the connection is up. */
    void connected() {
        connected = true;
        sampledNanos = loop.nanoTime();
        sample(false);
        joinedLoop();
    }

    void joinedLoop() {
        if (connected && timer == null && loop.isOnLoop()) {
            timer = loop.schedule(this::onTimer, SAMPLE_NANOS - Math.floorMod(loop.nanoTime(), GRID_NANOS));
        }
    }

    void leftLoop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
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

    /** Takes the final sample of a connection, which no other sample replaces. */
    void end() {
        connected = false;
        leftLoop();
        keep(source.sample(false), true);
    }

    /** Takes a sample if the timer is late: before a turn of reading, which may empty a buffer that was full. */
    void turnBegins() {
        long now = loop.nanoTime();
        if (connected && now - sampledNanos > LATE_NANOS) {
            sampleForReasons(now);
        }
    }

    private void onTimer() {
        timer = null;
        if (sampleForReasons(loop.nanoTime())) {
            joinedLoop();
        }
    }

    /** Returns false if the connection is gone: an old sample would show nothing about the present. */
    private boolean sampleForReasons(long nowNanos) {
        sampledNanos = nowNanos;
        SrtStatistics sample = source.sample(false);
        if (sample == null) {
            return false;
        }
        keep(sample, false);
        reasons.sampled(sample, nowNanos);
        return true;
    }

    /** Keeps a sample, unless another thread took it before the final one and passes it after the final one. */
    private void keep(@Nullable SrtStatistics sample, boolean isFinal) {
        last.updateAndGet(kept -> kept.isFinal ? kept : new Kept(sample == null ? kept.statistics : sample, isFinal));
    }
}
