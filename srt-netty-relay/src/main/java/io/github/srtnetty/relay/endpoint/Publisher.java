// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

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
 * The source of a stream: passes each payload on as it was read, on its own event loop, which never waits. While an
 * earlier source of the stream still delivers what it has, the payloads of this one are held.
 */
final class Publisher extends ChannelInboundHandlerAdapter implements StreamSource {
    private final LiveStream stream;
    private final RelayState state;
    private final ConnectionLog log;
    private final Runnable left;
    private final Silence silence;
    private final Turn turn;

    /**
     * Creates a publisher for a stream.
     *
     * @param left runs when the publisher is found to have left, on any thread and maybe more than once
     */
    Publisher(LiveStream stream, RelayState state, ConnectionLog log, Runnable left) {
        this.stream = stream;
        this.state = state;
        this.log = log;
        this.left = left;
        silence = new Silence(log.connection().channel(), System.nanoTime());
        turn = new Turn(stream);
    }

    /** Begins to pass payloads on: from now on, or once the earlier sources of the stream have ended. */
    void start() {
        turn.await(dropped -> {
            silence.endsAt(System.nanoTime());
            if (dropped > 0) {
                log.line("dropped %d packets that came while the source before it was delivered", dropped);
            }
        });
    }

    @Override
    public Connection connection() {
        return log.connection();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /** Asks libsrt: a publisher that is back at once may be faster than the event of its connection before. */
    @Override
    public boolean hasLeft() {
        boolean gone = connection().isPeerGone();
        if (gone) {
            left.run();
        }
        return gone;
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
        return CompletableFuture.allOf(connection().ended(), turn.taken());
    }

    @Override
    public void replacedBy(StreamSource other) {
        log.line("replaced by %s: it was silent", other.connection().peer());
        close();
    }

    @Override
    public void close() {
        connection().channel().close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int players = stream.players();
        log.line(players == 1 ? "publishes, 1 player waits" : "publishes, %d players wait", players);
        ctx.fireChannelActive();
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

    /** Sends the payloads of a last read that did not complete. */
    void channelClosed() {
        stream.flush();
    }
}
