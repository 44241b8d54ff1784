// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.Silence;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.Turn;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;

/**
 * A stream as it comes from another node: passes each payload on as it was read, on its own event loop. While an
 * earlier source of the stream still delivers what it has, the payloads of this one are held.
 */
final class PullSource extends ChannelInboundHandlerAdapter implements StreamSource {
    private final LiveStream stream;
    private final RelayState state;
    private final Connection connection;
    private final Runnable replaced;
    private final Silence silence;
    private final Turn turn;

    /**
     * Creates a source for a stream.
     *
     * @param replaced runs when a publisher of this node takes over; ends the connection once the rest has come
     */
    PullSource(LiveStream stream, RelayState state, Connection connection, Runnable replaced) {
        this.stream = stream;
        this.state = state;
        this.connection = connection;
        this.replaced = replaced;
        silence = new Silence(connection.channel(), System.nanoTime());
        turn = new Turn(stream);
    }

    /** Begins to pass payloads on: from now on, or once the earlier sources of the stream have ended. */
    void start() {
        turn.await(dropped -> silence.endsAt(System.nanoTime()));
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public boolean hasLeft() {
        return connection.isPeerGone();
    }

    @Override
    public boolean isSilent(long nowNanos) {
        return isSilentFor(state.rules().number(RelaySetting.SILENT_PUBLISHER_MILLIS), nowNanos);
    }

    @Override
    public boolean isSilentFor(long millis, long nowNanos) {
        return !turn.waits() && silence.isLongerThan(millis, nowNanos);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(connection.ended(), turn.taken());
    }

    @Override
    public void replacedBy(StreamSource other) {
        replaced.run();
    }

    @Override
    public void close() {
        connection.channel().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        silence.endsAt(System.nanoTime());
        turn.payload((ByteBuf) msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        stream.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stream.flush();
        ctx.fireChannelInactive();
    }
}
