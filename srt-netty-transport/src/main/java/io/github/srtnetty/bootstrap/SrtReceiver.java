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
 * Receives the payloads of one SRT connection on a thread that blocks:
 *
 * <pre>{@code
 * try (SrtReceiver receiver = SrtReceiver.open("srt://host:9000?latency=200")) {
 *     for (ByteBuf payload : receiver) {
 *         payload.readBytes(output, payload.readableBytes());
 *     }
 * }
 * }</pre>
 *
 * <p>The loop ends when the peer closes the connection. Where it ends in another way the iterator throws an
 * {@link UncheckedIOException}, whose cause is an {@link SrtClosedException} with the reason. This is also so after
 * {@link #close} on this side.
 *
 * <p>Buffers: the loop lends each payload until the next call of {@code hasNext} or {@code next}, or until the same
 * thread closes the receiver; {@code retain()} keeps it longer, and then needs a {@code release()}. The caller releases
 * what {@link #receive} returns. At most 1 MiB waits in the queue; then the channel stops reading, and libsrt's receive
 * buffer fills. In live mode libsrt drops packets when that is full, in file mode the sender waits.
 *
 * <p>A listener accepts one peer and rejects every other caller with 1409 ({@code CONFLICT}), also after that peer has
 * left. Opening it returns when it is bound; the first receive waits for the peer.
 *
 * <p>Threads: any, also virtual threads; each payload goes to one of them. An interrupt ends the wait with an
 * {@link java.io.InterruptedIOException}, leaves the interrupt status set and the connection open. The event loops are
 * daemon threads that all receivers and senders share; they end with the last {@code close}.
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
     * Connects to an address, or listens on it, and waits until that is done.
     *
     * @param uri as {@link SrtUri#parse} reads it
     * @throws SrtSyntaxException when the address is wrong
     * @throws IOException when the connection fails, as {@link SrtUri#open} describes
     */
    public static SrtReceiver open(String uri) throws IOException {
        return open(SrtUri.parse(uri));
    }

    /**
     * Connects to an address, or listens on it, and waits until that is done.
     *
     * @throws IOException when the connection fails, as {@link SrtUri#open} describes
     */
    public static SrtReceiver open(SrtUri uri) throws IOException {
        BlockingState state = new BlockingState();
        PayloadQueue queue = new PayloadQueue(state, QUEUE_BYTES);
        return new SrtReceiver(state, queue, BlockingConnection.open(uri, state, queue::add));
    }

    /**
     * Waits for the next payload; the caller releases it.
     *
     * @return null when the peer has closed the connection and all payloads were received
     * @throws SrtClosedException when the connection ended in another way
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public @Nullable ByteBuf receive() throws IOException {
        return receive(BlockingState.FOREVER);
    }

    /**
     * Waits for the next payload, at most for a time; the caller releases it.
     *
     * @return null when the peer has closed the connection and all payloads were received
     * @throws SocketTimeoutException when nothing arrived in time; the connection goes on
     * @throws SrtClosedException when the connection ended in another way
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public @Nullable ByteBuf receive(Duration atMost) throws IOException {
        return receive(BlockingState.nanos(atMost));
    }

    /** Returns the payloads until the end of the connection; the iterator lends each of them, as described above. */
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
     * Returns the stream id of the connection, empty where it has none or a listener waits for its peer. A caller may
     * have sent tokens and control characters.
     */
    public String streamId() {
        return connection.streamId();
    }

    /** Returns the statistics of the connection, the last ones after its end; null while a listener waits. */
    public @Nullable SrtStatistics statistics() {
        return connection.statistics();
    }

    /**
     * Closes the connection, drops what was not received, and waits for that. Threads that wait in a receive get an
     * {@link SrtClosedException}. A second call does nothing.
     *
     * @throws java.io.InterruptedIOException when the thread is interrupted; the close goes on
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
