// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * The event loop of a channel, for the channel's parts. While a channel moves from one loop to another, it is on none.
 * Threads: the event loop, unless a method says otherwise.
 */
interface LoopHandle {
    /** Returns whether the channel is registered with a loop. */
    boolean isOnLoop();

    /** Returns whether the caller runs on the loop. Any thread. */
    boolean inEventLoop();

    /**
     * Runs a task on the loop. Any thread.
     *
     * @throws RejectedExecutionException when the loop has ended
     */
    void execute(Runnable task);

    /**
     * Runs a task on the loop later. The channel must be on a loop.
     *
     * @throws RejectedExecutionException when the loop has ended
     */
    Future<?> schedule(Runnable task, long delayNanos);

    /** Returns the time on the clock that all parts use, like {@link System#nanoTime}. Any thread. */
    long nanoTime();

    /** Delivers events to the channel later, in turn with the loop's other channels. Does nothing without a loop. */
    void submit(SrtIoOps ops);

    /** Drops these events of the poller until {@link #unmute}, because the part checks the socket by a timer. */
    void mute(SrtIoOps ops);

    /** Delivers these events again; dropped events are lost. */
    void unmute(SrtIoOps ops);

    /** Makes the poller poll at intervals for a while, so that libsrt does not wake it for each event. */
    void backOff();
}
