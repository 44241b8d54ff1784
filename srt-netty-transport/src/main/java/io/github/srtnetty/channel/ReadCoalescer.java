// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtPacing;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads fast connections in batches, like interrupt coalescing in network cards. When such a connection is empty, a
 * timer of the loop reads it again after a pause, and readable events in between are muted. This saves two wake-ups, of
 * the poller and of the loop, for every one or two messages; docs/performance.md has the figures.
 *
 * <p>{@link SrtPacing.Reading} defines which connections are fast. In live mode they have many messages and enough
 * latency. In stream mode they have many bytes and a large receive buffer, and have sent nothing recently, so that no
 * peer waits for an answer.
 *
 * <pre>
 * pausing   set by                          meaning
 * false     the end of a pause, stop        the poller reports what can be read
 * true      emptied, for a fast connection  the timer looks by itself, and IN is muted
 * </pre>
 *
 * <p>Event loop.
 */
final class ReadCoalescer {
    private static final long LONGEST_WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LoopHandle loop;
    private final SrtPacing.Reading pacing;
    private final LongSupplier lastSendNanos;
    private final Runnable resume;
    private SrtNegotiated negotiated = SrtNegotiated.NONE;
    private int burst;
    private int lastBurst;
    private int windowMessages;
    private long windowBytes;
    private long windowStart;
    private boolean pausing;
    private @Nullable Future<?> timer;

    /**
     * Creates the coalescer of a connection.
     *
     * @param lastSendNanos returns the time of the connection's last send, on the clock of the loop
     * @param resume reads until nothing is left, and then calls {@link #emptied}
     */
    ReadCoalescer(LoopHandle loop, SrtPacing.Reading pacing, LongSupplier lastSendNanos, Runnable resume) {
        this.loop = loop;
        this.pacing = pacing;
        this.lastSendNanos = lastSendNanos;
        this.resume = resume;
        windowStart = loop.nanoTime();
    }

    /** Sets the negotiated parameters when the connection is up. */
    void connected(SrtNegotiated parameters) {
        negotiated = parameters;
    }

    boolean isPausing() {
        return pausing;
    }

    /**
     * Counts a message; returns whether to ask libsrt if more can be read. It asks only after half as many messages as
     * were read the last time. Asking takes a sixth of the time of receiving a message, but a receive that finds
     * nothing throws an exception inside libsrt and takes the time of five messages.
     */
    boolean received(int bytes) {
        windowMessages++;
        windowBytes += bytes;
        return ++burst > lastBurst / 2;
    }

    /** Begins a pause if the connection is fast, because nothing is left to read. */
    void emptied() {
        long now = loop.nanoTime();
        lastBurst = burst;
        burst = 0;
        long elapsed = Math.min(now - windowStart, LONGEST_WINDOW_NANOS);
        if (pausing || elapsed < pacing.batchNanos()) {
            return;
        }
        boolean fast = negotiated.messages() ? isFastLive(elapsed) : isFastStream(elapsed, now);
        windowStart = now;
        windowMessages = 0;
        windowBytes = 0;
        if (fast && loop.isOnLoop()) {
            pause();
        }
    }

    private void pause() {
        if (!negotiated.messages()) {
            loop.backOff();
        }
        timer = loop.schedule(this::end, pacing.batchNanos());
        pausing = true;
        loop.mute(SrtIoOps.IN);
    }

    private boolean isFastLive(long elapsed) {
        return windowMessages * pacing.batchNanos() >= pacing.fastMessages() * elapsed
                && negotiated.receiveLatencyMillis() >= pacing.leastLatencyMillis();
    }

    private boolean isFastStream(long elapsed, long now) {
        return windowBytes * pacing.batchNanos() >= pacing.fastBytes() * elapsed
                && negotiated.receiveBufferBytes() >= pacing.leastBufferBytes()
                && now - lastSendNanos.getAsLong() >= pacing.oneWayNanos();
    }

    /** Ends a pause without reading, because the channel leaves its loop or is closed. */
    void stop() {
        pausing = false;
        loop.unmute(SrtIoOps.IN);
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void end() {
        timer = null;
        pausing = false;
        loop.unmute(SrtIoOps.IN); // before reading: data that arrives after the read is reported again
        resume.run();
    }
}
