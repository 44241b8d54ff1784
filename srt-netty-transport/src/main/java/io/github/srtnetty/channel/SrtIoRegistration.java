// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The registration of a socket on a loop: holds the events that the loop has not handled yet.
 *
 * <pre>
 * pending   set by                                   meaning
 * 0         the loop, before it handles the events   not in the queue
 * not 0     poller, submit                           in the queue, once; further events are or-ed in
 * </pre>
 */
final class SrtIoRegistration implements IoRegistration, SrtPoller.Listener {
    /** The part of the I/O handler that a registration uses. */
    interface Owner {
        /** Adds a registration to the queue of ready ones, and wakes the loop. Any thread. */
        void enqueue(SrtIoRegistration registration);

        /** Ends a registration. Any thread. */
        void deregister(SrtIoRegistration registration);

        /** Makes the poller poll at intervals for a while. Any thread. */
        void backOff();
    }

    private final Owner owner;
    private final SrtIoHandle handle;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    /** The events of the poller that are dropped. Only the loop writes it. */
    private volatile int muted;

    private volatile boolean lost;

    SrtIoRegistration(Owner owner, SrtIoHandle handle) {
        this.owner = owner;
        this.handle = handle;
    }

    SrtIoHandle handle() {
        return handle;
    }

    @Override
    public void ready(int events) {
        offer(events & ~muted);
    }

    @Override
    public void lost() {
        lost = true;
        offer(SrtSocket.EVENT_ERR);
    }

    /** Returns whether the poller has ended, so that no event follows. */
    boolean isLost() {
        return lost;
    }

    private void offer(int events) {
        if (events != 0 && pending.getAndUpdate(bits -> bits | events) == 0) {
            owner.enqueue(this);
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
        owner.deregister(this);
        return true;
    }

    /** Returns this registration. Netty's loops return a wrapper, whose {@code attachment} calls this one. */
    @Override
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
    public <T> T attachment() {
        return (T) this;
    }

    /** Closes the channel. Called at each turn of a loop that shuts down, and when the poller has ended. */
    void closeHandle() {
        handle.close();
    }

    /** Makes the poller back off, because a timer checks the socket. */
    void backOff() {
        owner.backOff();
    }

    /** Drops events of the poller until {@link #unmute}. Event loop. */
    void mute(SrtIoOps ops) {
        muted = muted | ops.bits();
    }

    /** Delivers events of the poller again. Event loop. */
    void unmute(SrtIoOps ops) {
        int left = muted & ~ops.bits();
        if (left != muted) {
            muted = left;
        }
    }

    SrtIoOps muted() {
        return SrtIoOps.of(muted);
    }

    int takeEvents() {
        return pending.getAndSet(0);
    }
}
