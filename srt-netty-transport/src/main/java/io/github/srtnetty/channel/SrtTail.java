// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to read the data that libsrt still holds after a connection broke, and when to close. libsrt delivers
 * this data when it becomes due, without an event, so a timer reads until nothing is left, at most for the latency plus
 * 3 s. Event loop.
 */
final class SrtTail {
    private static final int POLL_MILLIS = 5;
    /**
     * Packets become due later than the latency by the delay of the handshake, from which libsrt sets the clock. A peer
     * waits 3 s for its handshake ({@code SRTO_CONNTIMEO}) by default.
     */
    private static final int GRACE_MILLIS = 3000;

    private static final int IDLE_POLL_MILLIS = 1000;

    private final NativeSocket socket;
    private final LoopHandle loop;
    private final Runnable read;
    private final Runnable dropped;
    private final Runnable close;
    private boolean begun;
    private boolean left;
    private long deadlineNanos;
    private @Nullable Future<?> timer;

    /**
     * Creates the tail of a connection.
     *
     * @param read reads one turn, and then calls {@link #readTurnEnded} or {@link #nobodyReads}
     * @param dropped runs before {@code close} if libsrt has dropped packets that nobody had read
     * @param close closes the channel
     */
    SrtTail(NativeSocket socket, LoopHandle loop, Runnable read, Runnable dropped, Runnable close) {
        this.socket = socket;
        this.loop = loop;
        this.read = read;
        this.dropped = dropped;
        this.close = close;
    }

    /** Returns whether the connection is broken. */
    boolean hasBegun() {
        return begun;
    }

    /** Begins to read by a timer, because the connection is broken. */
    void begin(int latencyMillis) {
        begun = true;
        deadlineNanos = loop.nanoTime();
        extend(latencyMillis + GRACE_MILLIS);
        readSoon();
    }

    /** Reads in the next turn of the loop. */
    void readSoon() {
        readIn(0);
    }

    /** Stops the timer: the channel leaves its loop or is closed. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /**
     * Continues after a turn of reading, or closes the channel; {@code more} is true if the turn received a message
     * last.
     */
    void readTurnEnded(boolean more) {
        left = socket.receivablePackets() > 0;
        if (more && left) {
            readIn(0);
        } else if (left && loop.nanoTime() - deadlineNanos < 0) {
            readIn(POLL_MILLIS);
        } else {
            close.run();
        }
    }

    /** Waits for a read while auto-read is off, until libsrt itself drops the data, after about a minute. */
    void nobodyReads() {
        left = socket.receivablePackets() > 0;
        if (!left) {
            close.run();
        } else {
            extend(GRACE_MILLIS);
            readIn(IDLE_POLL_MILLIS);
        }
    }

    /** Moves the deadline to {@code millis} from now, but never to an earlier time. */
    private void extend(int millis) {
        long extendedNanos = loop.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (extendedNanos - deadlineNanos > 0) {
            deadlineNanos = extendedNanos;
        }
    }

    private void readIn(int delayMillis) {
        stop();
        if (loop.isOnLoop()) { // otherwise the channel continues when it joins the next loop
            timer = loop.schedule(this::due, TimeUnit.MILLISECONDS.toNanos(delayMillis));
        }
    }

    private void due() {
        timer = null;
        if (left && socket.receivablePackets() == 0) {
            dropped.run();
            close.run();
        } else {
            read.run();
        }
    }
}
