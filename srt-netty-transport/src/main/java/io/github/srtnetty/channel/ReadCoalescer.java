// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtPacing;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads fast connections in batches, like interrupt coalescing in network cards. Once such a connection is empty it is
 * read again only after a pause, by a timer of the loop, and readable events in between are muted. This saves two
 * wake-ups, of the poller and of the loop, for each message or two; docs/performance.md has the figures.
 *
 * <p>{@link SrtPacing.Reading} says which connections are fast: in live mode those with many messages and enough
 * latency; in stream mode those with many bytes, a large receive buffer and nothing sent lately, so that no peer waits
 * for an answer.
 *
 * <pre>
 * pausing   set by                          meaning
 * false     the end of a pause, stop        the poller reports what can be read
 * true      emptied, for a fast connection  the timer looks by itself, and IN is muted
 * </pre>
 *
 * <p>Everything on the event loop.
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
     * Creates one for a connection.
     *
     * @param lastSendNanos returns when the connection has sent last, in the time of the loop
     * @param resume reads until nothing is left, and calls {@link #emptied} then
     */
    ReadCoalescer(LoopHandle loop, SrtPacing.Reading pacing, LongSupplier lastSendNanos, Runnable resume) {
        this.loop = loop;
        this.pacing = pacing;
        this.lastSendNanos = lastSendNanos;
        this.resume = resume;
        windowStart = loop.nanoTime();
    }

    /** Takes the parameters of the connection, once it is up. */
    void connected(SrtNegotiated parameters) {
        negotiated = parameters;
    }

    boolean isPausing() {
        return pausing;
    }

    /**
     * Counts a message; returns whether to ask libsrt if there are more. Not before half as many as the last time: to
     * ask takes a sixth of the time of receiving, but a receive that finds nothing, an exception within libsrt, takes
     * that of five messages.
     */
    boolean received(int bytes) {
        windowMessages++;
        windowBytes += bytes;
        return ++burst > lastBurst / 2;
    }

    /** Begins a pause where the connection is fast, as nothing is left to read. */
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

    /** Ends a pause without a look: the channel leaves its loop or is closed. */
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
        loop.unmute(SrtIoOps.IN); // before the look: what becomes readable after it is reported again
        resume.run();
    }
}
