// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtBitRate;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtMessageTooLongException;
import io.github.srtnetty.channel.SrtPacer;
import io.github.srtnetty.channel.SrtTimedPayload;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sender of payloads over one SRT connection, for a blocking thread:
 *
 * <pre>{@code
 * try (SrtSender sender = SrtSender.open("srt://host:9000?latency=200")) {
 *     for (byte[] payload = input.readNBytes(1316); payload.length > 0; payload = input.readNBytes(1316)) {
 *         sender.send(payload);
 *     }
 * } }</pre>
 *
 * <p>In live mode, the default, each call sends one message of at most {@code SRTO_PAYLOADSIZE} bytes (1316). Call
 * {@code send} at the pace of the stream, because libsrt drops what does not fit into its buffer. Output of an encoder
 * has that pace. For a file, set a {@link #bitRate}, or give each payload its due time ({@link #send(byte[], long)}). A
 * call blocks while 64 KiB ({@code WRITE_BUFFER_WATER_MARK}), or more than 50 ms of a paced stream, wait to be sent.
 * Data that the peer sends is dropped.
 *
 * <p>A listener accepts one peer and rejects every other caller with 1409 ({@code CONFLICT}), also after that peer has
 * left. {@code open} returns when the listener is bound; the first send waits for the peer.
 *
 * <p>Threads: any, including virtual threads. An interrupt ends the wait with an {@link
 * java.io.InterruptedIOException}; the interrupt status stays set and the connection open. All receivers and senders
 * share event loops, which are daemon threads and end with the last {@code close}.
 */
public final class SrtSender implements AutoCloseable {
    /** libsrt's default of SO_LINGER in file mode; in live mode nothing waits that long. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(180);

    private final BlockingState state;
    private final BlockingConnection connection;
    private int pending; // only state.change() changes this field and lost
    private int lost;
    private volatile boolean hasSent;
    private volatile int longestMessage;
    private volatile @Nullable SrtBitRate rate;

    private SrtSender(BlockingState state, BlockingConnection connection) {
        this.state = state;
        this.connection = connection;
    }

    /**
     * Connects to an address, or listens on it, and waits until it is connected or bound.
     *
     * @param uri as {@link SrtUri#parse} reads it
     * @throws SrtSyntaxException when the address is wrong
     * @throws IOException when the connection fails, as {@link SrtUri#open} describes
     */
    public static SrtSender open(String uri) throws IOException {
        return open(SrtUri.parse(uri));
    }

    /**
     * Connects to an address, or listens on it, and waits until it is connected or bound.
     *
     * @throws IOException when the connection fails, as {@link SrtUri#open} describes
     */
    public static SrtSender open(SrtUri uri) throws IOException {
        BlockingState state = new BlockingState();
        return new SrtSender(state, BlockingConnection.open(uri, state, ByteBuf::release));
    }

    /**
     * Sends all later payloads at a constant rate. Only payload bytes count. Call it before the first {@code send}, and
     * then send from one thread only.
     *
     * @return this sender
     * @throws IllegalArgumentException when the rate is 0 or less
     */
    public SrtSender bitRate(long bitsPerSecond) {
        rate = SrtBitRate.of(bitsPerSecond);
        return this;
    }

    /**
     * Sends a copy of the bytes when they are due. Blocks while more than 50 ms of the stream wait.
     *
     * @param dueNanos the due time, in nanoseconds since the first payload; not less than that of the previous payload
     * @see #send(ByteBuf)
     */
    public void send(byte[] payload, long dueNanos) throws IOException {
        ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(payload.length).writeBytes(payload);
        SrtTimedPayload timed = new SrtTimedPayload(copy, dueNanos);
        send(copy, timed);
    }

    /**
     * Sends a copy of the bytes.
     *
     * @see #send(ByteBuf)
     */
    public void send(byte[] payload) throws IOException {
        send(ByteBufAllocator.DEFAULT.directBuffer(payload.length).writeBytes(payload));
    }

    /**
     * Sends a copy of the remaining bytes, and moves the buffer's position to its limit.
     *
     * @see #send(ByteBuf)
     */
    public void send(ByteBuffer payload) throws IOException {
        send(ByteBufAllocator.DEFAULT.directBuffer(payload.remaining()).writeBytes(payload));
    }

    /**
     * Sends a payload and releases it, even if the call fails. Blocks while the channel is not writable. Returns when
     * the payload is queued; the next call or {@link #close} throws a later failure. An empty payload is not sent.
     *
     * @throws SrtClosedException when the connection has ended
     * @throws SrtMessageTooLongException when the payload is longer than a message may be; it was not sent, and the
     *     connection continues
     * @throws java.io.InterruptedIOException when the thread is interrupted; the payload was not sent
     */
    public void send(ByteBuf payload) throws IOException {
        SrtBitRate pace = rate;
        int bytes = payload.readableBytes();
        send(payload, pace == null || bytes == 0 ? payload : new SrtTimedPayload(payload, pace.nextDueNanos(bytes)));
    }

    private void send(ByteBuf payload, Object message) throws IOException {
        boolean sent = false;
        try {
            SrtChannel channel = awaitWritable();
            requireFits(payload.readableBytes(), channel);
            sent = payload.isReadable();
            if (sent) {
                state.change(() -> {
                    pending++;
                    hasSent = true;
                });
                channel.writeAndFlush(message).addListener(done -> written(done.cause()));
            }
        } finally {
            if (!sent) {
                payload.release();
            }
        }
    }

    /** Returns the local address, for example that of a listener on port 0. */
    public InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    /** Returns the peer's address, also after the end; null while a listener waits for its peer. */
    public @Nullable InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    /**
     * Returns the stream id of the connection; empty if it has none, or while a listener waits for its peer. It may
     * hold tokens and control characters that a caller sent.
     */
    public String streamId() {
        return connection.streamId();
    }

    /** Returns the statistics of the connection, after its end the last sample; null while a listener waits. */
    public @Nullable SrtStatistics statistics() {
        return connection.statistics();
    }

    /**
     * Waits until all payloads are sent and the peer has acknowledged them and had time to play them, and closes the
     * connection. In live mode this takes about the peer's latency; {@code SO_LINGER} limits it. A second call does
     * nothing.
     *
     * @throws SrtClosedException when the peer no longer answers ({@code IDLE_TIMEOUT}, {@code LOST}), or when payloads
     *     were not sent, unless a {@code send} has already thrown the reason. It is then not known which payloads the
     *     peer has
     * @throws java.net.SocketTimeoutException when libsrt did not take all payloads within 180 s
     * @throws IOException when the peer had not acknowledged all packets at the limit of {@code SO_LINGER}, for example
     *     because it died or the network failed. Nothing is thrown if the peer closes the connection first, or for
     *     packets that libsrt dropped as too late ({@link SrtStatistics#pktSndDropTotal()})
     * @throws java.io.InterruptedIOException when the thread is interrupted; the close continues, and the waiting
     *     payloads are lost
     */
    @Override
    public void close() throws IOException {
        boolean timedOut = false;
        long unacknowledged = 0;
        try {
            state.await(() -> pending == 0 || state.isEnded(), BlockingState.nanos(LONGEST_CLOSE));
        } catch (SocketTimeoutException e) {
            timedOut = true;
            SrtChannel channel = state.channel();
            if (channel != null) {
                channel.pipeline().remove(SrtPacer.class); // it would wait that long again
            }
        } finally {
            unacknowledged = connection.close();
        }
        int unsent = takeLost();
        if (timedOut) {
            throw new SocketTimeoutException(
                    unsent + " payloads were not sent: the peer accepted none for " + LONGEST_CLOSE.toSeconds() + " s");
        }
        if (unsent > 0 && !state.isReported() || hasSent && state.isUnreportedLoss()) {
            throw state.exception();
        }
        if (unacknowledged > 0) {
            throw new IOException("the peer has not acknowledged " + unacknowledged
                    + " packets that were sent before the close, and may not have received them");
        }
    }

    boolean hasEnded() {
        return state.isEnded();
    }

    private SrtChannel awaitWritable() throws IOException {
        state.await(
                () -> {
                    SrtChannel channel = state.channel();
                    return state.isEnded() || channel != null && channel.isWritable();
                },
                BlockingState.FOREVER);
        SrtChannel channel = state.channel();
        Throwable failure = state.takeFailure();
        if (failure instanceof IOException e) {
            throw e;
        }
        if (channel == null || state.isEnded()) {
            takeLost();
            throw state.exception();
        }
        return channel;
    }

    // Checks in live mode only. Messages of file mode have no short limit; the next call throws their failure.
    private void requireFits(int length, SrtChannel channel) throws SrtMessageTooLongException {
        if (longestMessage == 0) {
            Integer payloadSize = isLive(channel) ? channel.config().get(SrtChannelOption.SRTO_PAYLOADSIZE) : null;
            longestMessage = payloadSize == null || payloadSize == 0 ? Integer.MAX_VALUE : payloadSize;
        }
        if (length > longestMessage) {
            throw new SrtMessageTooLongException(length, longestMessage);
        }
    }

    // SRTO_PAYLOADSIZE does not limit it: from libsrt 1.5.2 on it is not 0 in file mode.
    private static boolean isLive(SrtChannel channel) {
        return "live".equals(channel.config().get(SrtChannelOption.SRTO_CONGESTION));
    }

    private void written(@Nullable Throwable cause) {
        state.change(() -> {
            pending--;
            if (cause instanceof ClosedChannelException) {
                lost++;
            } else if (cause != null) {
                lost++;
                state.failed(cause);
            }
        });
    }

    private int takeLost() {
        int[] taken = new int[1];
        state.change(() -> {
            taken[0] = lost;
            lost = 0;
        });
        return taken[0];
    }
}
