// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * The event loop of a channel, as the channel's parts use it. While a channel moves from one loop to another it is on
 * none. Threads: the event loop, but for {@link #inEventLoop} and {@link #execute}.
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

    /** Returns the time that all parts measure with, as {@link System#nanoTime}. Any thread. */
    long nanoTime();

    /** Delivers events to the channel later, in turn with the loop's other channels; does nothing on no loop. */
    void submit(SrtIoOps ops);

    /** Drops these events of the poller until {@link #unmute}: the part looks at the socket by a timer of its own. */
    void mute(SrtIoOps ops);

    /** Delivers these events again; those that were dropped are lost. */
    void unmute(SrtIoOps ops);

    /** Lets the poller look at intervals for a while, instead of being woken by libsrt for each event. */
    void backOff();
}
