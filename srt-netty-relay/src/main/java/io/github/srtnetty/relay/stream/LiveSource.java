// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The last handler of a connection that is the source of a stream: passes each payload on as it was read, on its own
 * event loop, which never waits. While an earlier source of the stream still delivers what it has, the payloads of this
 * one are held.
 */
public abstract class LiveSource extends ChannelInboundHandlerAdapter implements StreamSource {
    private final LiveStream stream;
    private final Connection connection;
    private final LongSupplier silentMillis;
    private final Silence silence;
    private final Turn turn;

    /**
     * Notes the earlier sources of the stream; for the maker of {@link Streams#publish} and {@link Streams#pull}.
     *
     * @param connection has just been made
     * @param silentMillis returns after how many milliseconds without data another source may take over
     */
    protected LiveSource(LiveStream stream, Connection connection, LongSupplier silentMillis) {
        this.stream = stream;
        this.connection = connection;
        this.silentMillis = silentMillis;
        silence = new Silence(connection.channel(), System.nanoTime());
        turn = new Turn(stream);
    }

    /**
     * Begins to pass payloads on: from now on, or once the earlier sources of the stream have ended.
     *
     * @param begun runs after what was held has been passed on; gets the number of payloads that were dropped
     */
    protected final void start(LongConsumer begun) {
        turn.await(dropped -> {
            silence.endsAt(System.nanoTime());
            begun.accept(dropped);
        });
    }

    /** Sends the payloads that were passed on: nothing more can be read for now. */
    protected final void flush() {
        stream.flush();
    }

    @Override
    public final Connection connection() {
        return connection;
    }

    @Override
    public final boolean isLive() {
        return true;
    }

    @Override
    public boolean hasLeft() {
        return connection.isPeerGone();
    }

    @Override
    public final boolean isSilent(long nowNanos) {
        return isSilentFor(silentMillis.getAsLong(), nowNanos);
    }

    @Override
    public final boolean isSilentFor(long millis, long nowNanos) {
        return !turn.waits() && silence.isLongerThan(millis, nowNanos);
    }

    @Override
    public final CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(connection.ended(), turn.taken());
    }

    @Override
    public final void close() {
        connection.channel().close();
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object msg) {
        silence.endsAt(System.nanoTime());
        turn.payload((ByteBuf) msg);
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        flush();
    }
}
