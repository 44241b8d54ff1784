// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.MessageControl;
import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FileRegion;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends data for a channel. While libsrt's buffer is full, the writer is blocked. libsrt reports when there is room
 * again, but not for messages of several packets and not when it drops late packets, so in message mode a timer also
 * retries. In stream mode libsrt reports room after every 64 packets; while it still has much to send, OUT is muted and
 * a timer retries. {@link SrtPacing.Writing} has the delays. Event loop.
 */
final class SrtWriter {
    /** The result of {@link #give} for a buffer without bytes. */
    private static final int EMPTY = 0;

    private static final FastThreadLocal<MessageControl> MESSAGE_CONTROL = new FastThreadLocal<>() {
        @Override
        protected MessageControl initialValue() {
            return new MessageControl();
        }
    };

    private final NativeSocket socket;
    private final LoopHandle loop;
    private final DefaultChannelConfig config;
    private final SrtPacing.Writing pacing;
    private final Runnable flush;
    private boolean messages = true;
    private boolean live = true;
    private int longestMessage = Integer.MAX_VALUE;
    private boolean refills;
    private boolean blocked;
    private @Nullable Future<?> retryTimer;
    private long lastSendNanos;
    private boolean sentInThisTurn;
    /** How long the file region has had no bytes; 0 if it had some at the last attempt. */
    private long emptyNanos;

    private long emptyDelayNanos;

    /**
     * Creates a writer.
     *
     * @param flush calls {@link #unblock} and then writes the pending messages
     */
    SrtWriter(
            NativeSocket socket,
            LoopHandle loop,
            DefaultChannelConfig config,
            SrtPacing.Writing pacing,
            Runnable flush) {
        this.socket = socket;
        this.loop = loop;
        this.config = config;
        this.pacing = pacing;
        this.flush = flush;
    }

    /** Sets the negotiated parameters when the connection is up. */
    void connected(SrtNegotiated negotiated) {
        messages = negotiated.messages();
        live = negotiated.live();
        longestMessage = negotiated.longestMessage();
        refills = !messages && negotiated.sendBufferBytes() >= pacing.leastBufferBytes();
        lastSendNanos = loop.nanoTime() - TimeUnit.HOURS.toNanos(1);
    }

    boolean isBlocked() {
        return blocked;
    }

    void unblock() {
        blocked = false;
        loop.unmute(SrtIoOps.OUT);
    }

    void leftLoop() {
        loop.unmute(SrtIoOps.OUT);
        if (retryTimer != null) {
            retryTimer.cancel(false);
            retryTimer = null;
        }
    }

    /** Returns the time of the last send, on the clock of the loop; a time long ago if nothing was sent. */
    long lastSendNanos() {
        return sentInThisTurn ? loop.nanoTime() : lastSendNanos;
    }

    /**
     * Returns {@code message}, which is written now. In file mode a message with a time to live gets the time at which
     * the channel drops it.
     */
    Object timed(Object message) {
        return !live && message instanceof SrtMessage limited && limited.timeToLiveMillis() != SrtMessage.NO_LIMIT
                ? limited.expiringAt(loop.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limited.timeToLiveMillis()))
                : message;
    }

    /** Sends as much as libsrt takes, at most {@code writeSpinCount} writes or {@code maxMessagesPerWrite} messages. */
    void write(ChannelOutboundBuffer in) throws IOException {
        int budget = messages ? config.getMaxMessagesPerWrite() : config.getWriteSpinCount();
        try {
            for (Object message = in.current(); message != null; message = in.current()) {
                if (budget-- == 0) {
                    loop.submit(SrtIoOps.OUT); // in turn with the loop's other channels
                    return;
                }
                if (!send(message, in)) {
                    return;
                }
            }
        } finally {
            if (sentInThisTurn) {
                sentInThisTurn = false;
                lastSendNanos = loop.nanoTime();
            }
        }
    }

    /** Sends one message, or some of its bytes in stream mode; returns whether to continue. */
    private boolean send(Object message, ChannelOutboundBuffer in) throws IOException {
        if (message instanceof FileRegion region && !messages) {
            return sendFile(region, in);
        }
        if (message instanceof SrtMessage && !messages) {
            in.remove(new UnsupportedOperationException("an SrtMessage in stream mode, which has no messages"));
            return true;
        }
        return message instanceof SrtMessage limited && limited.deadlineNanos() != null
                ? sendInTime(limited, limited.deadlineNanos(), in)
                : sendNow(message, in);
    }

    /** Sends a message unless its time to live is over; waits while libsrt would only queue it. */
    private boolean sendInTime(SrtMessage message, long deadlineNanos, ChannelOutboundBuffer in) throws IOException {
        if (loop.nanoTime() - deadlineNanos >= 0) {
            in.remove(new SrtMessageExpiredException(message.timeToLiveMillis()));
            return true;
        }
        if (!socket.sendBacklog().isShort(pacing.mostUnsentPackets())) {
            block();
            return false;
        }
        return sendNow(message, in);
    }

    private boolean sendNow(Object message, ChannelOutboundBuffer in) throws IOException {
        int result;
        try {
            result = give(message);
        } catch (Throwable t) { // for example an invalid source time, or a buffer that was released too early
            if (!messages) {
                throw t; // the stream would have a gap
            }
            in.remove(t); // the failure concerns this message only
            return true;
        }
        if (result == EMPTY) {
            in.remove();
            return true;
        }
        if (result < 0) {
            refused(result, in);
            return false;
        }
        sentInThisTurn = true; // before the promise completes: its listener may close
        if (messages) {
            in.remove();
        } else {
            in.removeBytes(result);
        }
        return true;
    }

    /**
     * Sends one buffer; returns the number of bytes that libsrt took, {@link #EMPTY}, or a negative result of {@link
     * SrtSocket#send}.
     */
    private int give(Object message) throws IOException {
        SrtMessage srtMessage = message instanceof SrtMessage withControl ? withControl : null;
        if (srtMessage == null && !(message instanceof ByteBuf)) {
            throw new UnsupportedOperationException("a FileRegion in message mode, where each write is one message");
        }
        ByteBuf buf = srtMessage == null ? (ByteBuf) message : srtMessage.content();
        int length = buf.readableBytes();
        if (length == 0) {
            return EMPTY;
        }
        if (length > longestMessage) {
            throw new SrtMessageTooLongException(length, longestMessage);
        }
        long address = BufferAddress.ofReadable(buf);
        return socket.send(address, length, srtMessage == null ? null : control(srtMessage));
    }

    private static MessageControl control(SrtMessage message) {
        return MESSAGE_CONTROL
                .get()
                .reset()
                .sourceTimeMicros(message.sourceTimeMicros())
                .timeToLiveMillis(message.deadlineNanos() == null ? message.timeToLiveMillis() : SrtMessage.NO_LIMIT)
                .inOrder(message.isInOrder());
    }

    /** Sends a piece of a file; returns whether to continue. */
    private boolean sendFile(FileRegion region, ChannelOutboundBuffer in) throws IOException {
        if (region.transferred() >= region.count()) {
            in.remove();
            return true;
        }
        FileSink sink = new FileSink(socket);
        long moved = region.transferTo(sink, region.transferred());
        if (moved > 0) {
            sentInThisTurn = true;
            emptyNanos = 0;
            in.progress(moved);
        }
        if (region.transferred() >= region.count()) {
            in.remove();
        } else if (sink.result() < 0) {
            refused(sink.result(), in);
            return false;
        } else if (moved == 0) {
            askAgainLater(region);
            return false;
        } else if (moved < 0) {
            throw new EOFException(ended(region) + ": it became shorter while it was sent");
        }
        return true;
    }

    // The region has no bytes now. A timer tries again, with a longer delay each time.
    private void askAgainLater(FileRegion region) throws IOException {
        if (emptyNanos >= pacing.emptyLimitNanos()) {
            throw new EOFException(ended(region) + ": it had no more for "
                    + TimeUnit.NANOSECONDS.toSeconds(pacing.emptyLimitNanos()) + " s");
        }
        emptyDelayNanos =
                emptyNanos == 0 ? pacing.refillNanos() : Math.min(2 * emptyDelayNanos, pacing.longestEmptyRetryNanos());
        emptyNanos += emptyDelayNanos;
        blocked = true;
        if (loop.isOnLoop()) {
            loop.mute(SrtIoOps.OUT); // room in libsrt does not matter
            scheduleRetry(emptyDelayNanos);
        }
    }

    private static String ended(FileRegion region) {
        return "the file ended after " + region.transferred() + " of " + region.count() + " bytes";
    }

    private void refused(int result, ChannelOutboundBuffer in) {
        if (result == SrtSocket.WOULD_BLOCK) {
            block();
        } else {
            failAll(in);
        }
    }

    // Without a loop it only waits: the next loop checks the socket when the channel joins it.
    private void block() {
        blocked = true;
        if (!loop.isOnLoop()) {
            return;
        }
        if (messages) {
            scheduleRetry(pacing.retryNanos());
        } else if (refills && sentInThisTurn) { // otherwise the peer does not read, and libsrt reports when it does
            loop.backOff();
            scheduleRetry(pacing.refillNanos());
            loop.mute(SrtIoOps.OUT);
        } else if ((socket.events() & SrtSocket.EVENT_OUT) != 0) {
            loop.submit(SrtIoOps.OUT); // libsrt got room meanwhile, and its event may already be handled
        }
    }

    private void scheduleRetry(long delayNanos) {
        if (retryTimer == null) {
            retryTimer = loop.schedule(this::retry, delayNanos);
        }
    }

    private void retry() {
        retryTimer = null;
        if (blocked) {
            flush.run();
        }
    }

    // The peer is gone: nothing can be sent any more, but data that it sent before must still be read.
    private void failAll(ChannelOutboundBuffer in) {
        ClosedChannelException cause = new ClosedChannelException();
        while (in.current() != null) {
            in.remove(cause);
        }
        loop.submit(SrtIoOps.ERR); // the reader delivers the remaining data and closes
    }
}
