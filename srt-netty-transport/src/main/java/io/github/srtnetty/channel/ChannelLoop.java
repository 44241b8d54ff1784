// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@link LoopHandle} of a channel: its current event loop, and its registration with the loop's I/O handler. */
final class ChannelLoop implements LoopHandle {
    private final Supplier<EventLoop> eventLoop;
    private @Nullable IoRegistration registration;

    /** Creates a handle that is on no loop; {@code eventLoop} returns the channel's latest loop. */
    ChannelLoop(Supplier<EventLoop> eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Keeps the registration with a loop. */
    void join(IoRegistration joined) {
        registration = joined;
    }

    /** Removes and returns the registration; returns null if there is none. */
    @Nullable
    IoRegistration leave() {
        IoRegistration left = registration;
        registration = null;
        return left;
    }

    /** Returns the events that are currently dropped. */
    SrtIoOps muted() {
        SrtIoRegistration own = own();
        return own == null ? SrtIoOps.NONE : own.muted();
    }

    @Override
    public boolean isOnLoop() {
        return registration != null;
    }

    @Override
    public boolean inEventLoop() {
        return eventLoop.get().inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.get().execute(task);
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        return eventLoop.get().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void submit(SrtIoOps ops) {
        IoRegistration current = registration;
        if (current != null) {
            current.submit(ops);
        }
    }

    @Override
    public void mute(SrtIoOps ops) {
        SrtIoRegistration own = own();
        if (own != null) {
            own.mute(ops);
        }
    }

    @Override
    public void unmute(SrtIoOps ops) {
        SrtIoRegistration own = own();
        if (own != null) {
            own.unmute(ops);
        }
    }

    @Override
    public void backOff() {
        SrtIoRegistration own = own();
        if (own != null) {
            own.backOff();
        }
    }

    private @Nullable SrtIoRegistration own() {
        IoRegistration current = registration;
        return current != null && current.attachment() instanceof SrtIoRegistration own ? own : null;
    }
}
