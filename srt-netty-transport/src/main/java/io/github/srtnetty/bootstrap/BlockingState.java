// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseReason;
import io.netty.util.concurrent.BlockingOperationException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one blocking connection, with the lock and the condition that its users wait on. The event loop changes
 * it; any thread reads it. It uses a lock instead of {@code synchronized}, so that a waiting virtual thread frees its
 * carrier.
 */
final class BlockingState {
    /** Waits without a limit. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofNanos(FOREVER);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable SrtChannel channel; // all fields are guarded by lock
    private @Nullable SrtCloseReason reason;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean reported;

    /** Returns a time in nanoseconds; 292 years and more are {@link #FOREVER}. */
    static long nanos(Duration time) {
        return time.compareTo(LONGEST) >= 0 ? FOREVER : time.toNanos();
    }

    /** Runs a task that changes the state under the lock, and wakes the waiting threads. */
    void change(Runnable task) {
        lock.lock();
        try {
            task.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the first connection; returns false for every other one, and after the end. */
    boolean connected(SrtChannel connection) {
        lock.lock();
        try {
            if (channel != null || ended) {
                return false;
            }
            channel = connection;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the reason for the close; the first one counts. */
    void closes(SrtCloseReason why) {
        change(() -> reason = reason == null ? why : reason);
    }

    /** Keeps the first failure of the connection. */
    void failed(Throwable cause) {
        change(() -> failure = failure == null ? cause : failure);
    }

    /** Ends the connection: nothing can be received or sent any more. */
    void end(SrtCloseReason why) {
        change(() -> {
            ended = true;
            reason = reason == null ? why : reason;
        });
    }

    /** Returns the connection, or null while a listener waits for its peer. */
    @Nullable
    SrtChannel channel() {
        lock.lock();
        try {
            return channel;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the connection has ended, or can no longer be made. */
    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the peer closed the connection in an orderly way, and nothing failed. */
    boolean isOrderlyEnd() {
        lock.lock();
        try {
            return ended && failure == null && reason == SrtCloseReason.PEER_CLOSED;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the peer was lost or a part of this side failed, and {@link #exception} has not reported it. */
    boolean isUnreportedLoss() {
        lock.lock();
        try {
            boolean lost = reason == SrtCloseReason.IDLE_TIMEOUT || reason == SrtCloseReason.LOST;
            return ended && !reported && (lost || failure != null);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether {@link #exception} has reported the end. */
    boolean isReported() {
        lock.lock();
        try {
            return reported;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the reason for the end; {@code LOCAL} while the connection is up. */
    SrtCloseReason reason() {
        lock.lock();
        try {
            return reason == null ? SrtCloseReason.LOCAL : reason;
        } finally {
            lock.unlock();
        }
    }

    /** Returns an exception with the reason for the end, which the caller throws. */
    SrtClosedException exception() {
        lock.lock();
        try {
            reported = ended;
            return new SrtClosedException(reason == null ? SrtCloseReason.LOCAL : reason, failure);
        } finally {
            lock.unlock();
        }
    }

    /** Returns and clears a failure that did not end the connection; null if there is none. */
    @Nullable
    Throwable takeFailure() {
        lock.lock();
        try {
            Throwable taken = ended ? null : failure;
            failure = ended ? failure : null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the connection. If there is none, ends the state so that none can follow, and returns null. */
    @Nullable
    SrtChannel channelOrEnd() {
        lock.lock();
        try {
            if (channel == null) {
                end(SrtCloseReason.LOCAL);
            }
            return channel;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a condition is true. The condition is evaluated under the lock.
     *
     * @param nanos the longest wait in nanoseconds; {@link #FOREVER}: no limit
     * @throws SocketTimeoutException when the longest wait is over
     * @throws InterruptedIOException when the thread is interrupted; its interrupt status stays set
     * @throws BlockingOperationException on an event loop of the connection
     */
    void await(BooleanSupplier condition, long nanos) throws InterruptedIOException {
        try {
            lock.lockInterruptibly();
            try {
                if (!condition.getAsBoolean()) {
                    requireNoLoop();
                    awaitLocked(condition, nanos);
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while waiting for the SRT peer");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void awaitLocked(BooleanSupplier condition, long nanos)
            throws InterruptedException, SocketTimeoutException {
        long left = nanos;
        while (!condition.getAsBoolean()) {
            if (nanos == FOREVER) {
                changed.await();
            } else if (left <= 0) {
                throw new SocketTimeoutException(
                        "nothing happened for " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
            } else {
                left = changed.awaitNanos(left);
            }
        }
    }

    private void requireNoLoop() {
        if (channel != null && channel.isRegistered() && channel.eventLoop().inEventLoop()) {
            throw new BlockingOperationException("an event loop must not wait for its own connection");
        }
    }
}
