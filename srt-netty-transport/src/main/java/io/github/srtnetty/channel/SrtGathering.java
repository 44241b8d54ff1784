// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets the messages of a fast connection gather, as network cards do: one in live mode that brings at least {@value
 * #FAST_MESSAGES} messages in {@value #PAUSE_MILLIS} ms (42 Mbit/s) is read again only {@value #PAUSE_MILLIS} ms after
 * it was empty, by a timer of the loop. This spares two wake-ups, of the poller and of the loop, for each message or
 * two; docs/performance.md has the figures. Connections with less than {@value #LEAST_LATENCY_MILLIS} ms of latency are
 * left alone.
 *
 * <p>In stream mode one gathers that brings at least {@value #FAST_BYTES} bytes in {@value #PAUSE_MILLIS} ms (400
 * Mbit/s), has a receive buffer of 4 MB or more and has sent nothing for {@value #ONE_WAY_MILLIS} ms, so that no peer
 * waits for an answer.
 *
 * <pre>
 * pausing   set by                          meaning
 * false     the end of a pause, stop        the poller tells what can be read
 * true      emptied, for a fast connection  the timer looks by itself: the poller's word is not needed
 * </pre>
 *
 * <p>Everything on the event loop, but {@link #isPausing}: any thread.
 */
final class SrtGathering {
    static final int PAUSE_MILLIS = 2;
    static final int FAST_MESSAGES = 8;
    static final int LEAST_LATENCY_MILLIS = 20;
    static final int FAST_BYTES = 100_000;
    static final int LEAST_BUFFER_BYTES = 4 << 20;
    static final int ONE_WAY_MILLIS = 100;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    private static final long LONGEST_WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long ONE_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(ONE_WAY_MILLIS);

    private final SrtChannel channel;
    private final Runnable resume;
    private int burst;
    private int lastBurst;
    private int windowMessages;
    private long windowBytes;
    private long windowStart;
    private volatile boolean pausing;
    private @Nullable Future<?> timer;

    /**
     * {@code resume} reads until nothing is left, and calls {@link #emptied} then; {@code now} is {@link
     * System#nanoTime}.
     */
    SrtGathering(SrtChannel channel, Runnable resume, long now) {
        windowStart = now;
        this.channel = channel;
        this.resume = resume;
    }

    boolean isPausing() {
        return pausing;
    }

    /**
     * Counts a message; returns whether libsrt is to be asked if there are more. Not before half as many as the last
     * time: to ask takes a sixth of the time of receiving, but to receive in vain, an exception within libsrt, takes
     * that of five messages.
     */
    boolean received(int bytes) {
        windowMessages++;
        windowBytes += bytes;
        return ++burst > lastBurst / 2;
    }

    /** Nothing is left. */
    void emptied(long now) {
        lastBurst = burst;
        burst = 0;
        long elapsed = Math.min(now - windowStart, LONGEST_WINDOW_NANOS);
        if (pausing || elapsed < WINDOW_NANOS) {
            return;
        }
        boolean fast = channel.negotiated().messages() ? isFastLive(elapsed) : isFastStream(elapsed, now);
        windowStart = now;
        windowMessages = 0;
        windowBytes = 0;
        if (fast && channel.isOnLoop()) {
            if (!channel.negotiated().messages()) {
                channel.restPoller();
            }
            pausing = true;
            timer = channel.eventLoop().schedule(this::end, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isFastLive(long elapsed) {
        return windowMessages * WINDOW_NANOS >= FAST_MESSAGES * elapsed
                && channel.negotiated().receiveLatencyMillis() >= LEAST_LATENCY_MILLIS;
    }

    private boolean isFastStream(long elapsed, long now) {
        return windowBytes * WINDOW_NANOS >= FAST_BYTES * elapsed
                && channel.negotiated().receiveBufferBytes() >= LEAST_BUFFER_BYTES
                && now - channel.lastSendNanos() >= ONE_WAY_NANOS;
    }

    /** Ends a pause without a look: the channel leaves its loop or is closed. */
    void stop() {
        pausing = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void end() {
        timer = null;
        pausing = false; // before the look: what comes after it is told again
        resume.run();
    }
}
