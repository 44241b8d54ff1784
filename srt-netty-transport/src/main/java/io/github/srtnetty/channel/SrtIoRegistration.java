// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A socket's place on a loop: the events that it has not handled yet.
 *
 * <pre>
 * pending   who sets it                              meaning
 * 0         the loop, before it handles the events   not in the queue
 * not 0     poller, submit: whoever makes it so      in the queue, once; further events are or-ed in
 * </pre>
 */
final class SrtIoRegistration implements IoRegistration, SrtPoller.Listener {
    private static final int REST_MILLIS = 20;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(REST_MILLIS);

    private final SrtIoHandler handler;
    private final SrtIoHandle handle;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile boolean lost;

    SrtIoRegistration(SrtIoHandler handler, SrtIoHandle handle) {
        this.handler = handler;
        this.handle = handle;
    }

    SrtIoHandle handle() {
        return handle;
    }

    @Override
    public void ready(int events) {
        offer(events & ~handle.quietEvents());
    }

    @Override
    public void lost() {
        lost = true;
        offer(SrtSocket.EVENT_ERR);
    }

    /** Returns whether no event follows, as the poller has ended. */
    boolean isLost() {
        return lost;
    }

    private void offer(int events) {
        if (events != 0 && pending.getAndUpdate(bits -> bits | events) == 0) {
            handler.enqueue(this);
        }
    }

    @Override
    public long submit(IoOps ops) {
        if (!isValid()) {
            return -1;
        }
        offer(((SrtIoOps) ops).bits());
        return 0;
    }

    @Override
    public boolean isValid() {
        return !cancelled.get();
    }

    @Override
    public boolean cancel() {
        if (!cancelled.compareAndSet(false, true)) {
            return false;
        }
        handler.deregister(this);
        return true;
    }

    /** Returns this: Netty's loops hand out a wrapper, which asks for this. */
    @Override
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
    public <T> T attachment() {
        return (T) this;
    }

    /** Closes the channel; called at each turn of a loop that shuts down, and when the poller has ended. */
    void closeHandle() {
        handle.close();
    }

    /** Tells the poller that the socket is looked at by a timer, for the next {@value #REST_MILLIS} ms at least. */
    void rest() {
        handler.poller().restUntil(System.nanoTime() + REST_NANOS);
    }

    int takeEvents() {
        return pending.getAndSet(0);
    }
}
