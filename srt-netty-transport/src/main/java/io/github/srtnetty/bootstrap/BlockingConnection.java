// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.SrtPacer;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open address with one peer, for blocking threads: the common part of {@link SrtReceiver} and {@link SrtSender}. A
 * listener rejects every further caller with {@code CONFLICT} (1409). Any thread.
 */
final class BlockingConnection {
    private final BlockingState state;
    private final Channel opened;
    private final AtomicBoolean closing = new AtomicBoolean();

    private BlockingConnection(BlockingState state, Channel opened) {
        this.state = state;
        this.opened = opened;
    }

    /**
     * Connects or binds a listener, and waits for the result.
     *
     * @param payloads takes ownership of each buffer from the peer; called on the event loop
     * @throws IOException when the connect or the bind fails, with the reason
     */
    static BlockingConnection open(SrtUri uri, BlockingState state, Consumer<ByteBuf> payloads) throws IOException {
        Srt.ensureAvailability();
        EventLoopGroup group = SharedLoops.acquire();
        BlockingConnection connection = null;
        try {
            connection = open(uri, group, state, payloads);
            return connection;
        } finally {
            if (connection == null) {
                SharedLoops.release();
            }
        }
    }

    private static BlockingConnection open(
            SrtUri uri, EventLoopGroup group, BlockingState state, Consumer<ByteBuf> payloads) throws IOException {
        ChannelInitializer<SrtChannel> pipeline = new ChannelInitializer<>() {
            @Override
            protected void initChannel(SrtChannel channel) {
                channel.pipeline().addLast(new SrtPacer(), new BlockingHandler(state, payloads));
            }
        };
        SrtAcceptFilter onePeer = request -> state.channel() != null || state.isEnded()
                ? SrtAcceptDecision.reject(SrtRejectReason.CONFLICT)
                : SrtAcceptDecision.accept();
        ChannelFuture future = uri.mode() == SrtConnectionMode.LISTENER
                ? uri.listen(group, onePeer, pipeline)
                : uri.open(group, pipeline);
        future.addListener(done -> state.change(() -> {}));
        try {
            state.await(future::isDone, BlockingState.FOREVER);
        } catch (InterruptedIOException e) {
            future.cancel(false);
            future.addListener(done -> future.channel().close()); // the attempt may have succeeded meanwhile
            throw e;
        }
        if (!future.isSuccess()) {
            throw failure(future.cause());
        }
        return new BlockingConnection(state, future.channel());
    }

    private static IOException failure(Throwable cause) {
        return cause instanceof IOException e ? e : new IOException(cause.getMessage(), cause);
    }

    /** Returns the local address. */
    InetSocketAddress localAddress() {
        return (InetSocketAddress) opened.localAddress();
    }

    /** Returns the peer's address, also after the end; null if there is no peer yet. */
    @Nullable
    InetSocketAddress remoteAddress() {
        SrtChannel channel = state.channel();
        return channel == null ? null : channel.remoteAddress();
    }

    /** Returns the stream id of the connection; empty if there is none, or no peer yet. */
    String streamId() {
        SrtChannel channel = state.channel();
        return channel == null ? "" : channel.streamId();
    }

    /** Returns the statistics of the connection, after its end the last sample; null if there is no peer yet. */
    @Nullable
    SrtStatistics statistics() {
        SrtChannel channel = state.channel();
        return channel == null ? null : channel.statistics();
    }

    // When the channel is closed, the event with the close reason still waits as a task in the loop.
    private void endAfterEvents(Channel closed) {
        try {
            closed.eventLoop().execute(() -> state.end(SrtCloseReason.LOCAL));
        } catch (RejectedExecutionException e) { // the loop has ended
            state.end(SrtCloseReason.LOCAL);
        }
    }

    /**
     * Closes the connection and the listener, and waits until they are closed. A second call does nothing.
     *
     * @return the number of packets that the peer had not acknowledged when this side closed; 0 if the connection had
     *     ended before, because the last sample of the statistics is then too old
     * @throws InterruptedIOException when the thread is interrupted; the close continues
     */
    long close() throws InterruptedIOException {
        if (closing.getAndSet(true)) {
            return 0;
        }
        SrtChannel peer = state.channelOrEnd();
        Channel last = peer == null ? opened : peer;
        last.close()
                .addListener(closed -> opened.close().addListener(all -> {
                    endAfterEvents(last);
                    SharedLoops.release();
                }));
        state.await(() -> !last.isOpen() && !opened.isOpen() && state.isEnded(), BlockingState.FOREVER);
        SrtStatistics statistics = peer == null ? null : peer.statistics();
        boolean endedHere = state.reason() == SrtCloseReason.LOCAL;
        return endedHere && statistics != null ? statistics.asLong(SrtStatistic.PKT_SND_BUF) : 0;
    }
}
