// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.examples.cli.Notices;
import io.github.srtnetty.examples.cli.SingleConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection in stream mode as a pair of blocking streams, for one thread that takes turns with the peer. Data
 * that arrives is queued, up to a bound; then the channel is not read any more until the thread has caught up.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements AutoCloseable {
    /** Longer than a peer needs that knows the protocol, unless it reads a large partial file first. */
    private static final Duration ANSWER_NOTICE = Duration.ofSeconds(10);

    private static final long HIGH_BYTES = 8 << 20;
    private static final long LOW_BYTES = 2 << 20;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int PACKET_BYTES = 1456;
    private static final ByteBuf END = Unpooled.unreleasableBuffer(Unpooled.buffer(0));

    private final SrtChannel channel;
    private final String streamId;
    private final String peer;
    private final Notices notices;
    private final BlockingQueue<ByteBuf> queue = new LinkedBlockingQueue<>(); // bounded by HIGH_BYTES and one read turn
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong takenBytes = new AtomicLong(); // by libsrt
    private long readBytes; // of the reading thread
    private ByteBuf current = Unpooled.EMPTY_BUFFER; // of the reading thread
    private final Promise<Void> ended = GlobalEventExecutor.INSTANCE.newPromise();
    private volatile SrtCloseReason closeReason = SrtCloseReason.LOST;
    private ChannelFuture lastWrite; // of the writing thread
    private StallTimeout sending;
    private StallTimeout receiving;

    /** Makes the reading or writing thread fail if the peer makes it wait longer than the limit. */
    StreamConnection(SrtChannel channel, String streamId, StallTimeout.Limit limit, Notices notices) {
        this.channel = channel;
        this.notices = notices;
        lastWrite = channel.newSucceededFuture();
        this.streamId = streamId;
        peer = SingleConnection.peer(channel);
        sending = new StallTimeout(peer, "took", limit);
        receiving = new StallTimeout(peer, "sent", limit);
    }

    /** Returns whether this is the connection of a channel. */
    boolean isOn(Channel other) {
        return other == channel;
    }

    /** Begins to read; until then, data of the peer stays in the bounded buffer of libsrt. */
    void start() {
        channel.config().setAutoRead(true);
    }

    String peer() {
        return peer;
    }

    /** Returns the stream id that the peer, or this side, has set; empty where there is none. */
    String streamId() {
        return streamId;
    }

    /** Sets another limit from now on. The thread that reads and writes. */
    void limit(StallTimeout.Limit limit) {
        sending = new StallTimeout(peer, "took", limit);
        receiving = new StallTimeout(peer, "sent", limit);
    }

    /** Fails where the peer has left. */
    void requirePeer() throws IOException {
        if (hasEnded()) {
            throw new EOFException(peer + " closed the connection");
        }
    }

    /** Returns whether the connection has ended; data received before can still be read. */
    boolean hasEnded() {
        return !channel.isActive();
    }

    /**
     * Waits for the first bytes of an answer. The peer may not know the protocol: after 10 s a notice reports that this
     * side still waits.
     *
     * @param needed which peer answers, for the notice and the message of a failure
     */
    void awaitAnswer(String needed) throws IOException {
        awaitAnswer(needed, ANSWER_NOTICE);
    }

    void awaitAnswer(String needed, Duration noticeAfter) throws IOException {
        receiving.noticeAfter(
                noticeAfter, () -> notices.print("still waiting for an answer from " + peer + "; " + needed));
        try {
            if (!fill()) {
                throw new EOFException(peer + " closed the connection without an answer");
            }
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; " + needed, e);
        }
        receiving.withoutNotice();
    }

    InputStream in() {
        return new In();
    }

    /**
     * Returns the same for numbers and texts. It fails when the peer leaves in the middle of one.
     *
     * @param what the name of what is read, for the message: {@code request}, {@code answer}
     */
    DataInputStream header(String what) {
        return new DataInputStream(new FilterInputStream(in()) {
            @Override
            public int read() throws IOException {
                return present(super.read());
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return present(super.read(target, offset, length));
            }

            private int present(int result) throws IOException {
                if (result < 0) {
                    throw new EOFException(peer + " closed the connection before its " + what + " was complete");
                }
                return result;
            }
        });
    }

    /** Returns an unbuffered stream that blocks while too much data waits to be sent. */
    OutputStream out() {
        return new Out();
    }

    /** Waits until the peer has acknowledged everything; fails if it disconnects before. */
    void awaitDelivered() throws IOException {
        awaitSent();
        if (!awaitAcknowledged()) {
            throw new PeerLeftException(peer());
        }
    }

    /**
     * Does the same as {@link #awaitDelivered}, for a peer that knows how much there is, and may close as soon as it
     * has that: if it does, the last acknowledgement may never come.
     */
    void awaitDeliveredOrClosed() throws IOException {
        awaitSent();
        if (!awaitAcknowledged()
                && ended.awaitUninterruptibly().isSuccess()
                && closeReason != SrtCloseReason.PEER_CLOSED) {
            throw new IOException("the connection to " + peer() + " broke");
        }
    }

    /**
     * Does the same as {@link #awaitDelivered}, where this side has all that it wanted: it has it too when the peer's
     * shutdown message was lost on the way, which nobody sends twice.
     */
    void awaitDeliveredOrEnded() throws IOException {
        awaitSent();
        awaitAcknowledged();
    }

    /**
     * Closes when the peer has received everything, or immediately if it is gone. Called by the reading thread or its
     * successor.
     */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        current.release();
        current = END;
        for (ByteBuf left = queue.poll(); left != null; left = queue.poll()) {
            left.release();
        }
    }

    /** Begins to close; a thread that reads or writes fails. */
    void abort() {
        channel.config().setSoLinger(0);
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf buf = (ByteBuf) msg;
        long queued = queuedBytes.addAndGet(buf.readableBytes());
        queue.add(buf);
        if (queued > HIGH_BYTES) {
            ctx.channel().config().setAutoRead(false);
            resumeIfShort(); // the other thread may have caught up between the two
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtCloseEvent close) {
            closeReason = close.reason();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        queue.add(END);
        ended.trySuccess(null);
        ctx.fireChannelInactive();
    }

    /** Waits until libsrt has everything. */
    private void awaitSent() throws IOException {
        sending.begin();
        while (!lastWrite.isDone()) {
            sending.at(takenBytes.get());
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (!lastWrite.isSuccess()) {
            throw new PeerLeftException(peer());
        }
    }

    // The option is always current; the statistics may be a sample old while another thread uses the socket.
    /** Returns false when the connection ends before. */
    private boolean awaitAcknowledged() throws IOException {
        sending.begin();
        while (channel.isActive()) {
            Integer left = channel.config().get(SrtChannelOption.SRTO_SNDDATA);
            if (left != null && left == 0) {
                return true;
            }
            sending.at(takenBytes.get() - (left == null ? 0 : (long) left * PACKET_BYTES));
            LockSupport.parkNanos(POLL_NANOS);
        }
        return false;
    }

    /** Returns whether there are bytes in {@code current}; false at the end of the stream. */
    private boolean fill() throws IOException {
        while (!current.isReadable()) {
            if (current != END) {
                current.release();
                current = END;
            }
            current = next();
            if (current == END) {
                queue.add(END);
                return ended();
            }
            readBytes += current.readableBytes();
            queuedBytes.addAndGet(-current.readableBytes());
            resumeIfShort();
            receiving.at(readBytes);
        }
        return true;
    }

    private ByteBuf next() throws IOException {
        receiving.begin();
        try {
            ByteBuf next = queue.poll(receiving.leftNanos(), TimeUnit.NANOSECONDS);
            while (next == null) {
                receiving.at(readBytes);
                next = queue.poll(receiving.leftNanos(), TimeUnit.NANOSECONDS);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void resumeIfShort() {
        if (!channel.config().isAutoRead() && queuedBytes.get() <= LOW_BYTES) {
            channel.config().setAutoRead(true);
        }
    }

    // A silent peer has not ended its stream.
    private boolean ended() throws IOException {
        return switch (closeReason) {
            case PEER_CLOSED -> false;
            case LOCAL -> throw new IOException("the connection was closed on this side");
            case OVERFLOW ->
                throw new IOException("the connection has ended, and data is missing, because it was read too slowly");
            default -> throw new IOException("the connection broke: the peer is silent");
        };
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            return fill() ? current.readUnsignedByte() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, current.readableBytes());
            current.readBytes(target, offset, count);
            return count;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            sending.begin();
            while (channel.isActive() && !channel.isWritable()) {
                sending.at(takenBytes.get());
                LockSupport.parkNanos(POLL_NANOS);
            }
            if (!channel.isActive()) {
                throw new PeerLeftException(peer());
            }
            ByteBuf buf = channel.alloc().directBuffer(length).writeBytes(source, offset, length);
            lastWrite = channel.writeAndFlush(buf).addListener(done -> takenBytes.addAndGet(length));
        }
    }
}
