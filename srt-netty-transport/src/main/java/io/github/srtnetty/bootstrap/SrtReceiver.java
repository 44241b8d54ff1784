// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Receiver of the payloads of one SRT connection, for a blocking thread:
 *
 * <pre>{@code
 * try (SrtReceiver receiver = SrtReceiver.open("srt://host:9000?latency=200")) {
 *     for (ByteBuf payload : receiver) {
 *         payload.readBytes(output, payload.readableBytes());
 *     }
 * }
 * }</pre>
 *
 * <p>The loop ends when the peer closes the connection. If the connection ends in another way, including {@link #close}
 * on this side, the iterator throws an {@link UncheckedIOException}. Its cause is an {@link SrtClosedException} with
 * the reason.
 *
 * <p>Buffers: the iterator releases each payload at the next call of {@code hasNext} or {@code next}, or when the same
 * thread closes the receiver. To keep a payload longer, {@code retain()} it, and {@code release()} it afterwards. The
 * caller releases the payloads that {@link #receive} returns. At most 1 MiB waits in the queue; then the channel stops
 * reading, and libsrt's receive buffer fills. When that buffer is full, libsrt drops packets in live mode, and the
 * sender waits in file mode.
 *
 * <p>A listener accepts one peer and rejects every other caller with 1409 ({@code CONFLICT}), also after that peer has
 * left. {@code open} returns when the listener is bound; the first receive waits for the peer.
 *
 * <p>Threads: any, including virtual threads; each payload goes to one of them. An interrupt ends the wait with an
 * {@link java.io.InterruptedIOException}; the interrupt status stays set and the connection open. All receivers and
 * senders share event loops, which are daemon threads and end with the last {@code close}.
 */
public final class SrtReceiver implements Iterable<ByteBuf>, AutoCloseable {
    static final long QUEUE_BYTES = 1 << 20;

    private final BlockingState state;
    private final PayloadQueue queue;
    private final BlockingConnection connection;
    private final Set<Payloads> lenders = ConcurrentHashMap.newKeySet();

    private SrtReceiver(BlockingState state, PayloadQueue queue, BlockingConnection connection) {
        this.state = state;
        this.queue = queue;
        this.connection = connection;
    }

    /**
     * Connects to an address, or listens on it, and waits until it is connected or bound.
     *
     * @param uri as {@link SrtUri#parse} reads it
     * @throws SrtSyntaxException when the address is wrong
     * @throws IOException when the connection fails, as {@link SrtUri#open} describes
     */
    public static SrtReceiver open(String uri) throws IOException {
        return open(SrtUri.parse(uri));
    }

    /**
     * Connects to an address, or listens on it, and waits until it is connected or bound.
     *
     * @throws IOException when the connection fails, as {@link SrtUri#open} describes
     */
    public static SrtReceiver open(SrtUri uri) throws IOException {
        BlockingState state = new BlockingState();
        PayloadQueue queue = new PayloadQueue(state, QUEUE_BYTES);
        return new SrtReceiver(state, queue, BlockingConnection.open(uri, state, queue::add));
    }

    /**
     * Waits without a limit for the next payload, which the caller releases.
     *
     * @return null when the peer has closed the connection and all payloads were received
     * @throws SrtClosedException when the connection ended in another way
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public @Nullable ByteBuf receive() throws IOException {
        return receive(BlockingState.FOREVER);
    }

    /**
     * Waits for the next payload, which the caller releases.
     *
     * @param atMost the longest wait
     * @return null when the peer has closed the connection and all payloads were received
     * @throws SocketTimeoutException when nothing arrived in time; the connection continues
     * @throws SrtClosedException when the connection ended in another way
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public @Nullable ByteBuf receive(Duration atMost) throws IOException {
        return receive(BlockingState.nanos(atMost));
    }

    /**
     * Returns an iterator over the payloads until the end of the connection; it releases each of them, as described
     * above.
     */
    @Override
    public Iterator<ByteBuf> iterator() {
        return new Payloads(this::receive, lenders);
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
     * Closes the connection, releases the payloads that were not received, and waits until it is closed. Threads that
     * wait in {@code receive} get an {@link SrtClosedException}. A second call does nothing.
     *
     * @throws java.io.InterruptedIOException when the thread is interrupted; the close continues
     */
    @Override
    public void close() throws IOException {
        lenders.forEach(Payloads::closeOfOwner);
        try {
            connection.close();
        } finally {
            queue.close();
        }
    }

    long queuedBytes() {
        return queue.queuedBytes();
    }

    private @Nullable ByteBuf receive(long nanos) throws IOException {
        ByteBuf payload = queue.take(nanos);
        if (payload == null && !state.isOrderlyEnd()) {
            throw state.exception();
        }
        return payload;
    }
}
