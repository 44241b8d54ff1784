// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.MessageControl;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Receives for a channel. libsrt tells each change once, so what is left behind must be remembered:
 *
 * <pre>
 * more          set by                                    cleared by
 * true          an event, a message left in libsrt        a look that finds nothing
 * readPending   read()                                    the first message of a turn, or auto-read switched off
 * </pre>
 *
 * <p>After a break libsrt still holds what is not due yet, and raises no event when it is: the tail is asked for by a
 * timer until it is empty, at most the latency and a little more. Everything on the event loop.
 */
final class SrtReader {
    private static final int TAIL_POLL_MILLIS = 5;
    private static final int TAIL_GRACE_MILLIS = 500;
    private static final int IDLE_TAIL_POLL_MILLIS = 1000;
    private static final int IN_OR_ERR = SrtSocket.EVENT_IN | SrtSocket.EVENT_ERR;

    private static final FastThreadLocal<MessageControl> MESSAGE_CONTROL = new FastThreadLocal<>() {
        @Override
        protected MessageControl initialValue() {
            return new MessageControl();
        }
    };

    /** Where long messages arrive, one for each loop; the collector frees it. */
    private static final FastThreadLocal<ByteBuf> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.EMPTY_BUFFER;
        }
    };

    private final SrtChannel channel;
    private final SrtGathering gathering;
    private boolean readPending;
    private boolean more;
    private boolean broken;
    private boolean closed;
    private boolean inLoop;
    private long tailDeadlineNanos;
    private @Nullable Future<?> tailTimer;

    SrtReader(SrtChannel channel) {
        this.channel = channel;
        gathering = new SrtGathering(channel, () -> ready(SrtIoOps.IN), System.nanoTime());
    }

    void beginRead() {
        readPending = true;
        if (broken) {
            pollTail(0);
        } else if (more) {
            channel.submit(SrtIoOps.IN);
        }
    }

    void clearReadPending() {
        readPending = false;
    }

    /** Takes what became true of the socket. */
    void ready(SrtIoOps ops) {
        if (ops.intersects(SrtIoOps.ERR) && channel.socket().state().isGone()) {
            breakOff();
        }
        if (ops.intersects(SrtIoOps.IN) && !broken) {
            more = true;
            if (wantsToRead()) {
                readTurn();
            }
        }
    }

    /** Any thread. */
    int quietEvents() {
        return gathering.isPausing() ? SrtSocket.EVENT_IN : 0;
    }

    void closed() {
        closed = true;
        leftLoop();
    }

    void joinedLoop() {
        if (broken && !closed) {
            pollTail(0);
        }
    }

    void leftLoop() {
        gathering.stop();
        if (tailTimer != null) {
            tailTimer.cancel(false);
            tailTimer = null;
        }
    }

    private boolean wantsToRead() {
        return !closed && (readPending || channel.config().isAutoRead());
    }

    private void readTurn() {
        if (inLoop) {
            return;
        }
        inLoop = true;
        try {
            boolean gone = readMessages();
            if (gone && !closed) {
                breakOff();
            }
        } finally {
            inLoop = false;
        }
        if (more && !broken && wantsToRead()) {
            channel.submit(SrtIoOps.IN);
        }
    }

    /**
     * Reads one turn and fires it; a failure closes the channel, but for one to allocate. Returns whether the
     * connection is gone.
     */
    private boolean readMessages() {
        ChannelPipeline pipeline = channel.pipeline();
        Turn turn = new Turn();
        try {
            receive(turn, (RecvByteBufAllocator.ExtendedHandle) channel.unsafe().recvBufAllocHandle());
        } catch (Throwable t) {
            turn.failure = t;
        }
        if (turn.fired || turn.failure != null) {
            channel.vitals().turnEnded();
            pipeline.fireChannelReadComplete();
        }
        if (turn.failure != null) {
            pipeline.fireExceptionCaught(turn.failure);
            if (broken || !turn.allocating || turn.failure instanceof OutOfMemoryError) {
                channel.closeNow(); // bytes may be lost; while it allocates none are, and reading goes on
            }
        }
        return turn.gone;
    }

    private void receive(Turn turn, RecvByteBufAllocator.ExtendedHandle handle) throws IOException {
        handle.reset(channel.config());
        MessageControl control = messageControl();
        do {
            turn.allocating = true;
            ByteBuf buf = allocate(handle);
            turn.allocating = false;
            int result = receiveInto(buf, handle, control);
            if (result <= 0) {
                nothingLeft();
                turn.gone = result == SrtSocket.GONE;
                break;
            }
            readPending = false;
            turn.fired = true;
            buf = rightSized(buf);
            channel.pipeline().fireChannelRead(control == null ? buf : received(buf, control));
            lookForMore(result);
        } while (more && handle.continueReading(() -> true));
        if (turn.fired) {
            handle.readComplete();
        }
    }

    /** What came of a turn of reading. */
    private static final class Turn {
        boolean fired;
        boolean gone;
        boolean allocating;

        @Nullable
        Throwable failure;
    }

    /** Asks libsrt where that is worth its time. */
    private void lookForMore(int bytes) {
        more = !closed;
        if (more && gathering.received(bytes) && (channel.socket().events() & IN_OR_ERR) == 0) {
            nothingLeft();
        }
    }

    private void nothingLeft() {
        more = false;
        gathering.emptied(System.nanoTime());
    }

    private @Nullable MessageControl messageControl() {
        boolean wanted =
                channel.srtConfig().isReceiveMessages() && channel.negotiated().messages();
        return wanted ? MESSAGE_CONTROL.get().reset() : null;
    }

    private static SrtMessage received(ByteBuf buf, MessageControl control) {
        return new SrtMessage(
                buf,
                Math.max(0, control.sourceTimeMicros()),
                SrtMessage.NO_LIMIT,
                false,
                control.messageNumber(),
                control.packetSequence());
    }

    private ByteBuf allocate(RecvByteBufAllocator.ExtendedHandle handle) {
        if (hasLongMessages()) {
            return scratch(channel.negotiated().longestIncoming());
        }
        ByteBuf buf = handle.allocate(channel.alloc());
        // whatever the user's allocator guesses: libsrt refuses smaller buffers in live mode
        int capacity = Math.max(buf.writableBytes(), channel.negotiated().longestIncoming());
        if (buf.isDirect() && capacity == buf.writableBytes()) {
            return buf;
        }
        buf.release();
        return channel.alloc().directBuffer(capacity);
    }

    /**
     * A message of file mode may be as long as the receive buffer; libsrt does not tell, and cuts what does not fit.
     */
    private boolean hasLongMessages() {
        return channel.negotiated().messages() && !channel.negotiated().live();
    }

    private static ByteBuf scratch(int capacity) {
        ByteBuf scratch = SCRATCH.get();
        if (scratch.capacity() < capacity) {
            scratch = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity));
            SCRATCH.set(scratch);
        }
        return scratch.retain().clear();
    }

    private ByteBuf rightSized(ByteBuf buf) {
        if (!hasLongMessages()) {
            return buf;
        }
        try {
            return channel.alloc().directBuffer(buf.readableBytes()).writeBytes(buf);
        } finally {
            buf.release();
        }
    }

    /**
     * Receives into {@code buf}, releases it where nothing came; {@link SrtSocket#GONE} also stands for the end of a
     * stream.
     */
    private int receiveInto(ByteBuf buf, RecvByteBufAllocator.ExtendedHandle handle, @Nullable MessageControl control)
            throws IOException {
        boolean kept = false;
        try {
            int capacity = buf.writableBytes();
            handle.attemptedBytesRead(capacity);
            long address = BufferAddress.ofWritable(buf);
            int result = control == null
                    ? channel.socket().receive(address, capacity)
                    : channel.socket().receive(address, capacity, control);
            if (result == 0 && !channel.negotiated().messages()) {
                result = SrtSocket.GONE;
            }
            handle.lastBytesRead(result == SrtSocket.WOULD_BLOCK ? 0 : Math.max(result, -1));
            if (result > 0) {
                buf.writerIndex(buf.writerIndex() + result);
                handle.incMessagesRead(1);
                kept = true;
            }
            return result;
        } finally {
            if (!kept) {
                buf.release();
            }
        }
    }

    /** The connection is broken: what libsrt still holds is delivered first. */
    private void breakOff() {
        if (broken || closed) {
            return;
        }
        broken = true;
        channel.vitals().peerGone();
        tailDeadlineNanos = System.nanoTime();
        extendTail(channel.negotiated().receiveLatencyMillis() + TAIL_GRACE_MILLIS);
        pollTail(0);
    }

    /** Waits for the tail at least so long from now on; never less than it would have before. */
    private void extendTail(int millis) {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (deadlineNanos - tailDeadlineNanos > 0) {
            tailDeadlineNanos = deadlineNanos;
        }
    }

    private void pollTail(int delayMillis) {
        leftLoop();
        if (!channel.isOnLoop()) {
            return; // until it joins another
        }
        tailTimer = channel.eventLoop().schedule(this::readTail, delayMillis, TimeUnit.MILLISECONDS);
    }

    private void readTail() {
        tailTimer = null;
        if (closed) {
            return;
        }
        if (!wantsToRead()) {
            waitForReaderOrEnd();
            return;
        }
        readMessages();
        if (closed) {
            return;
        }
        boolean left = channel.socket().receivablePackets() > 0;
        if (more && left) {
            pollTail(0);
        } else if (left && System.nanoTime() - tailDeadlineNanos < 0) {
            pollTail(TAIL_POLL_MILLIS);
        } else {
            channel.closeNow();
        }
    }

    /** Nobody reads: the tail waits, until libsrt itself gives it up. */
    private void waitForReaderOrEnd() {
        if (channel.socket().receivablePackets() == 0) {
            channel.closeNow();
        } else {
            extendTail(TAIL_GRACE_MILLIS);
            pollTail(IDLE_TAIL_POLL_MILLIS);
        }
    }
}
