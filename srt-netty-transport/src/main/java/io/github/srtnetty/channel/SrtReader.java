// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.MessageControl;
import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives data for a channel and fires it. libsrt reports each change once, so the reader remembers whether data is
 * left:
 *
 * <pre>
 * more          set by                                    cleared by
 * true          an event, a message left in libsrt        a look that finds nothing
 * readPending   read()                                    the first message of a turn, or auto-read switched off
 * </pre>
 *
 * <p>After a connection broke, {@link SrtTail} decides when to read. Event loop.
 */
final class SrtReader {
    private static final int IN_OR_ERR = SrtSocket.EVENT_IN | SrtSocket.EVENT_ERR;

    private static final FastThreadLocal<MessageControl> MESSAGE_CONTROL = new FastThreadLocal<>() {
        @Override
        protected MessageControl initialValue() {
            return new MessageControl();
        }
    };

    private final NativeSocket socket;
    private final LoopHandle loop;
    private final Inbound inbound;
    private final BooleanSupplier wantsMessages;
    private final StatisticsCache statistics;
    private final CloseReasonTracker reasons;
    private final ReceiveBuffers buffers;
    private final ReadCoalescer coalescer;
    private final SrtTail tail;
    private SrtNegotiated negotiated = SrtNegotiated.NONE;
    private boolean readPending;
    private boolean more;
    private boolean closed;
    private boolean inLoop;

    /**
     * Creates a reader.
     *
     * @param wantsMessages returns whether to fire {@link SrtMessage}s instead of plain buffers
     * @param lastSendNanos returns the time of the connection's last send, on the clock of the loop
     */
    SrtReader(
            NativeSocket socket,
            LoopHandle loop,
            Inbound inbound,
            SrtPacing.Reading pacing,
            BooleanSupplier wantsMessages,
            LongSupplier lastSendNanos,
            StatisticsCache statistics,
            CloseReasonTracker reasons) {
        this.socket = socket;
        this.loop = loop;
        this.inbound = inbound;
        this.wantsMessages = wantsMessages;
        this.statistics = statistics;
        this.reasons = reasons;
        buffers = new ReceiveBuffers(inbound.config());
        coalescer = new ReadCoalescer(loop, pacing, lastSendNanos, () -> ready(SrtIoOps.IN));
        tail = new SrtTail(socket, loop, this::readTail, reasons::dataDropped, inbound.close());
    }

    /** Sets the negotiated parameters when the connection is up. */
    void connected(SrtNegotiated parameters) {
        negotiated = parameters;
        buffers.connected(parameters);
        coalescer.connected(parameters);
    }

    void beginRead() {
        readPending = true;
        if (tail.hasBegun()) {
            tail.readSoon();
        } else if (more) {
            loop.submit(SrtIoOps.IN);
        }
    }

    void clearReadPending() {
        readPending = false;
    }

    /** Handles events of the socket. */
    void ready(SrtIoOps ops) {
        if (ops.intersects(SrtIoOps.ERR) && socket.state().isGone()) {
            breakOff();
        }
        if (ops.intersects(SrtIoOps.IN) && !tail.hasBegun()) {
            more = true;
            if (wantsToRead()) {
                readTurn();
            }
        }
    }

    void closed() {
        closed = true;
        leftLoop();
    }

    void joinedLoop() {
        if (tail.hasBegun() && !closed) {
            tail.readSoon();
        }
    }

    void leftLoop() {
        coalescer.stop();
        tail.stop();
    }

    private boolean wantsToRead() {
        return !closed && (readPending || inbound.config().isAutoRead());
    }

    private void readTurn() {
        if (inLoop) {
            return;
        }
        inLoop = true;
        statistics.turnBegins();
        try {
            boolean gone = readMessages();
            if (gone && !closed) {
                breakOff();
            }
        } finally {
            inLoop = false;
        }
        if (more && !tail.hasBegun() && wantsToRead()) {
            loop.submit(SrtIoOps.IN);
        }
    }

    /**
     * Reads and fires the messages of one turn; returns whether the connection is gone. A failure closes the channel,
     * unless the allocator failed.
     */
    private boolean readMessages() {
        ChannelPipeline pipeline = inbound.pipeline();
        Turn turn = new Turn();
        try {
            receive(turn, inbound.handles().get());
        } catch (Throwable t) {
            turn.failure = t;
        }
        if (turn.fired || turn.failure != null) {
            pipeline.fireChannelReadComplete();
        }
        if (turn.failure != null) {
            pipeline.fireExceptionCaught(turn.failure);
            if (tail.hasBegun() || !turn.allocating || turn.failure instanceof OutOfMemoryError) {
                inbound.close().run(); // bytes may be lost; an allocator that fails loses none, and reading continues
            }
        }
        return turn.gone;
    }

    private void receive(Turn turn, RecvByteBufAllocator.ExtendedHandle handle) throws IOException {
        handle.reset(inbound.config());
        MessageControl control = messageControl();
        do {
            turn.allocating = true;
            ByteBuf buf = buffers.allocate(handle);
            turn.allocating = false;
            int result = receiveInto(buf, handle, control);
            if (result <= 0) {
                nothingLeft();
                turn.gone = result == SrtSocket.GONE;
                break;
            }
            readPending = false;
            turn.fired = true;
            buf = buffers.received(buf);
            inbound.pipeline().fireChannelRead(control == null ? buf : received(buf, control));
            lookForMore(result);
        } while (more && handle.continueReading(() -> true));
        if (turn.fired) {
            handle.readComplete();
        }
    }

    /** The result of one turn of reading. */
    private static final class Turn {
        boolean fired;
        boolean gone;
        boolean allocating;

        @Nullable
        Throwable failure;
    }

    /** Asks libsrt whether more can be read, if the call is worth its time. */
    private void lookForMore(int bytes) {
        more = !closed;
        if (more && coalescer.received(bytes) && (socket.events() & IN_OR_ERR) == 0) {
            nothingLeft();
        }
    }

    private void nothingLeft() {
        more = false;
        if (!tail.hasBegun()) {
            coalescer.emptied();
        }
    }

    private @Nullable MessageControl messageControl() {
        boolean wanted = wantsMessages.getAsBoolean() && negotiated.messages();
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

    /**
     * Receives into {@code buf}, and releases it if nothing was received. Returns {@link SrtSocket#GONE} also at the
     * end of a stream.
     */
    private int receiveInto(ByteBuf buf, RecvByteBufAllocator.ExtendedHandle handle, @Nullable MessageControl control)
            throws IOException {
        boolean kept = false;
        try {
            int capacity = buf.writableBytes();
            handle.attemptedBytesRead(capacity);
            long address = BufferAddress.ofWritable(buf);
            int result = socket.receive(address, capacity, control);
            if (result == 0 && !negotiated.messages()) {
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

    /** Begins to deliver the data that libsrt still holds, because the connection is broken. */
    private void breakOff() {
        if (tail.hasBegun() || closed) {
            return;
        }
        reasons.peerGone(loop.nanoTime(), negotiated.peerIdleMillis());
        coalescer.stop();
        tail.begin(negotiated.receiveLatencyMillis());
        inbound.pipeline().fireUserEventTriggered(new SrtPeerGoneEvent(reasons.reason()));
    }

    private void readTail() {
        if (closed) {
            return;
        }
        if (!wantsToRead()) {
            tail.nobodyReads();
            return;
        }
        readMessages();
        if (!closed) {
            tail.readTurnEnded(more);
        }
    }
}
